using System.Text.Json;
using WhatsSession.Shared;
using WhatsSession.Wire;

namespace WhatsSession.Templates;

/// <summary>Reads the buttons of templates. What this version does not know stays with its button.</summary>
internal static class TemplateButtonDefinitionReader
{
    public static TemplateButtonDefinition Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var kind = TemplateComponentReader.Peek(reader, "type"u8);
        var button = Blank(kind);
        var others = default(OtherFields);
        string? text = null;
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("text"u8))
            {
                text = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("type"u8))
            {
                reader.Skip();
            }
            else if (!TryReadField(ref reader, body, name, ref button))
            {
                others.Keep(ref reader, body, name);
            }
        }

        return button with { Text = text, OtherFields = others.Text };
    }

    private static TemplateButtonDefinition Blank(string kind) => kind.ToUpperInvariant() switch
    {
        "QUICK_REPLY" => new TemplateButtonDefinition.QuickReply(""),
        "URL" => new TemplateButtonDefinition.Url("", ""),
        "PHONE_NUMBER" => new TemplateButtonDefinition.PhoneNumber("", ""),
        "COPY_CODE" => new TemplateButtonDefinition.CopyCode(""),
        "OTP" => new TemplateButtonDefinition.OneTimeCode(default),
        "FLOW" => new TemplateButtonDefinition.Flow(""),
        "CATALOG" => new TemplateButtonDefinition.Catalog(""),
        "MPM" => new TemplateButtonDefinition.Products(""),
        "SPM" => new TemplateButtonDefinition.Product(""),
        "VOICE_CALL" => new TemplateButtonDefinition.VoiceCall(""),
        "APP" => new TemplateButtonDefinition.App(""),
        "ORDER_DETAILS" => new TemplateButtonDefinition.OrderDetails(""),
        "REQUEST_CONTACT_INFO" => new TemplateButtonDefinition.RequestContactInfo(),
        _ => new TemplateButtonDefinition.Raw(kind),
    };

    /// <summary>False, without moving the reader, when the kind of button has no such field.</summary>
    private static bool TryReadField(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, scoped ReadOnlySpan<byte> name, ref TemplateButtonDefinition button)
    {
        switch (button)
        {
            case TemplateButtonDefinition.Url url when name.SequenceEqual("url"u8):
                button = url with { Address = JsonText.Read(ref reader) ?? "" };
                return true;
            case TemplateButtonDefinition.Url url when name.SequenceEqual("example"u8) && TryReadOnlyText(ref reader, out var example):
                button = url with { Example = example };
                return true;
            case TemplateButtonDefinition.PhoneNumber phone when name.SequenceEqual("phone_number"u8):
                button = phone with { Number = JsonText.Read(ref reader) ?? "" };
                return true;
            case TemplateButtonDefinition.CopyCode code when name.SequenceEqual("example"u8) && TryReadOnlyText(ref reader, out var example):
                button = code with { Example = example };
                return true;
            case TemplateButtonDefinition.OneTimeCode code:
                return TryReadField(ref reader, body, name, code, ref button);
            case TemplateButtonDefinition.Flow flow:
                return TryReadField(ref reader, name, flow, ref button);
            default:
                return false;
        }
    }

    private static bool TryReadField(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> body,
        scoped ReadOnlySpan<byte> name,
        TemplateButtonDefinition.OneTimeCode code,
        ref TemplateButtonDefinition button)
    {
        var read = name switch
        {
            _ when name.SequenceEqual("otp_type"u8) => code with { Delivery = new OneTimeCodeKind(JsonText.Read(ref reader)?.ToUpperInvariant() ?? "") },
            _ when name.SequenceEqual("autofill_text"u8) => code with { AutofillText = JsonText.Read(ref reader) },
            _ when name.SequenceEqual("zero_tap_terms_accepted"u8) => code with { AcceptsZeroTapTerms = JsonText.ReadBoolean(ref reader) },
            _ when name.SequenceEqual("supported_apps"u8) => code with { Apps = TemplateComponentReader.ReadParts(ref reader, body, ReadApp) },
            _ => null,
        };
        button = read ?? button;
        return read is not null;
    }

    private static bool TryReadField(
        ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, TemplateButtonDefinition.Flow flow, ref TemplateButtonDefinition button)
    {
        var read = name switch
        {
            _ when name.SequenceEqual("flow_id"u8) => flow with { FlowId = JsonText.ReadId(ref reader) },
            _ when name.SequenceEqual("flow_name"u8) => flow with { FlowName = JsonText.Read(ref reader) },
            _ when name.SequenceEqual("flow_json"u8) => flow with { FlowJson = JsonText.Read(ref reader) },
            _ when name.SequenceEqual("flow_action"u8) => flow with { Action = JsonText.Read(ref reader) },
            _ when name.SequenceEqual("navigate_screen"u8) => flow with { Screen = JsonText.Read(ref reader) },
            _ => null,
        };
        button = read ?? button;
        return read is not null;
    }

    /// <summary>A text, or the one text of an array: Meta writes examples of buttons both ways.</summary>
    private static bool TryReadOnlyText(ref Utf8JsonReader reader, out string text)
    {
        var copy = reader;
        var isArray = copy.TokenType == JsonTokenType.StartArray && copy.Read();
        text = copy.TokenType == JsonTokenType.String ? JsonText.Read(ref copy)! : "";
        if (copy.TokenType != JsonTokenType.String || (isArray && (!copy.Read() || copy.TokenType != JsonTokenType.EndArray)))
        {
            return false;
        }

        reader = copy;
        return true;
    }

    private static TemplateApp ReadApp(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var others = default(OtherFields);
        string? package = null, hash = null;
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("package_name"u8))
            {
                package = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("signature_hash"u8))
            {
                hash = JsonText.Read(ref reader);
            }
            else
            {
                others.Keep(ref reader, body, name);
            }
        }

        return new TemplateApp(package ?? "", hash ?? "") { OtherFields = others.Text };
    }
}
