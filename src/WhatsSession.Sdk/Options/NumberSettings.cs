namespace WhatsSession.Options;

/// <summary>One business number, checked and converted.</summary>
internal sealed class NumberSettings(string name, NumberOptions options)
{
    public string Name { get; } = name;

    public PhoneNumberId Id { get; } = PhoneNumberId.Parse(options.PhoneNumberId);

    public BusinessAccountId? Account { get; } = BusinessAccountId.TryParse(options.BusinessAccountId, out var account) ? account : null;

    /// <summary>The account on whose behalf messages go; null for none.</summary>
    public string? MessagingAccountId { get; } = options.MessagingAccountId;

    /// <summary>The app whose webhooks bring its events; null for any.</summary>
    public string? App { get; } = options.App;

    public AccessToken Token { get; } = new(options.AccessToken);

    /// <summary>The template that goes when a refused message names no fallback of its own; null for none.</summary>
    public TemplateMessage? Fallback { get; } = options.Fallback is { Template: { } template, Language: { } language, WithText: false }
        ? new TemplateMessage(template, language)
        : null;

    /// <summary>The same with the text of the message; null for none.</summary>
    public TextFallback? TextFallback { get; } = options.Fallback is { Template: { } template, Language: { } language, WithText: true }
        ? new TextFallback(template, language) { ParameterName = options.Fallback.ParameterName }
        : null;

    public override string ToString() => Name;
}
