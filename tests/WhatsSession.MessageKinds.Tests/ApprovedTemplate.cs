using WhatsSession.Emulator;

namespace WhatsSession.MessageKinds.Tests;

/// <summary>The template that a message of a kind is made from, as Meta would have it.</summary>
internal static class ApprovedTemplate
{
    public static EmulatedTemplate Of(TemplateMessage message, string name) => new()
    {
        Name = name,
        Language = "en_US",
        Components = $"[{string.Join(',', Components(message))}]",
        ParameterFormat = message.Body is [{ Name: not null }, ..] ? "NAMED" : "POSITIONAL",
        Category = message.OneTimeCode is not null ? "AUTHENTICATION" : message.Marketing is not null ? "MARKETING" : "UTILITY",
    };

    private static IEnumerable<string> Components(TemplateMessage message)
    {
        if (message.Header is { } header)
        {
            yield return Header(header);
        }

        if (message.OneTimeCode is not null)
        {
            yield return """{"type":"BODY"}""";
            yield return """{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}""";
            yield break;
        }

        yield return Body(message.Body);
        if (message.Buttons.Count > 0)
        {
            yield return Buttons(message.Buttons);
        }

        if (message.OfferEnds is not null)
        {
            yield return """{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Soon over"}}""";
        }

        if (message.Cards.Count > 0)
        {
            var cards = message.Cards.Select(card => $$"""{"components":[{{Header(card.Header)}},{{Body(card.Body)}},{{Buttons(card.Buttons)}}]}""");
            yield return $$"""{"type":"CAROUSEL","cards":[{{string.Join(',', cards)}}]}""";
        }
    }

    private static string Header(TemplateHeader header) => header is TemplateHeader.Text text
        ? $$"""{"type":"HEADER","format":"TEXT","text":"Hello {{Variable(text.Name, 0)}}"}"""
        : $$"""{"type":"HEADER","format":"{{header.GetType().Name.ToUpperInvariant()}}"}""";

    private static string Body(IReadOnlyList<TemplateParameter> parameters) =>
        $$"""{"type":"BODY","text":"Hello {{string.Join(" and ", parameters.Select((p, i) => Variable(p.Name, i)))}}."}""";

    private static string Buttons(IReadOnlyList<TemplateButtonParameter> buttons) => $$"""{"type":"BUTTONS","buttons":[{{string.Join(',', buttons.Select(Button))}}]}""";

    private static string Button(TemplateButtonParameter button) => button switch
    {
        TemplateButtonParameter.Url => """{"type":"URL","text":"Open","url":"https://shop.example/{{1}}"}""",
        TemplateButtonParameter.QuickReply => """{"type":"QUICK_REPLY","text":"Yes"}""",
        TemplateButtonParameter.CopyCode => """{"type":"COPY_CODE"}""",
        TemplateButtonParameter.Flow => """{"type":"FLOW","text":"Fill in"}""",
        TemplateButtonParameter.Catalog => """{"type":"CATALOG","text":"All"}""",
        TemplateButtonParameter.Products => """{"type":"MPM","text":"Some"}""",
        TemplateButtonParameter.VoiceCall => """{"type":"VOICE_CALL","text":"Call"}""",
        TemplateButtonParameter.OrderToPay => """{"type":"ORDER_DETAILS","text":"Pay"}""",
        _ => throw new NotSupportedException($"No template has a button for {button.GetType().Name}."),
    };

    private static string Variable(string? name, int index) => "{{" + (name ?? $"{index + 1}") + "}}";
}
