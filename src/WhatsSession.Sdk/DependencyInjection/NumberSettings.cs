namespace WhatsSession;

/// <summary>One business number, checked and converted. The token is kept in the form the header needs.</summary>
internal sealed class NumberSettings(string name, NumberOptions options)
{
    public string Name { get; } = name;

    public PhoneNumberId Id { get; } = PhoneNumberId.Parse(options.PhoneNumberId);

    public BusinessAccountId? Account { get; } = BusinessAccountId.TryParse(options.BusinessAccountId, out var account) ? account : null;

    public string Authorization { get; } = "Bearer " + options.AccessToken;

    public string AccessToken => Authorization["Bearer ".Length..];

    public override string ToString() => Name;
}
