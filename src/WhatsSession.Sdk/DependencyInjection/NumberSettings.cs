namespace WhatsSession;

/// <summary>One business number, checked and converted. The token is kept in the form the header needs.</summary>
internal sealed class NumberSettings(string name, NumberOptions options)
{
    public string Name { get; } = name;

    public PhoneNumberId Id { get; } = PhoneNumberId.Parse(options.PhoneNumberId);

    public BusinessAccountId? Account { get; } = BusinessAccountId.TryParse(options.BusinessAccountId, out var account) ? account : null;

    public string Authorization { get; } = "Bearer " + options.AccessToken;

    private readonly TextFallback? _textFallback = options.Fallback is { Template: { } template, Language: { } language, WithText: true }
        ? new TextFallback(template, language) { ParameterName = options.Fallback.ParameterName }
        : null;

    private readonly TemplateMessage? _fallback = options.Fallback is { Template: { } template, Language: { } language, WithText: false } ? new TemplateMessage(template, language) : null;

    /// <summary>The template to send when the message is refused and names no fallback of its own; null for none.</summary>
    public TemplateMessage? FallbackFor(SessionMessage message) => _fallback ?? _textFallback?.For(message);

    public override string ToString() => Name;
}
