using System.Text.Json;
using WhatsSession.Wire;

namespace WhatsSession.Messages;

/// <summary>Checks the texts of a message that have to be JSON.</summary>
internal static class MessageChecks
{
    /// <summary>The content of a message as its own JSON: an object, but of contacts an array.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void WriteContent(this Utf8JsonWriter writer, RawMessage raw)
    {
        ThrowIfInvalid(raw);
        writer.WritePropertyName(raw.Kind);
        writer.WriteRawValue(raw.Json, skipInputValidation: true);
    }

    /// <summary>Refuses a message with JSON in it that is not an object, before anything is stored or written.</summary>
    /// <exception cref="ArgumentException">It has such JSON.</exception>
    public static void ThrowIfInvalid(Message? message)
    {
        switch (message)
        {
            case DirectSendMessage direct:
                ThrowIfInvalid(direct.Content);
                break;
            case RawMessage { Kind: "contacts" } contacts:
                JsonFields.ThrowIfNot(JsonTokenType.StartArray, contacts.Json, contacts.Kind, isEmptyAllowed: false);
                break;
            case RawMessage raw:
                JsonFields.ThrowIfNoObject(raw.Json, raw.Kind);
                break;
            case FlowMessage { Action: FlowAction.Navigate { Data: { } data } }:
                JsonFields.ThrowIfNoObject(data, "data", isEmptyAllowed: false);
                break;
            case OrderDetailsMessage order:
                ThrowIfInvalid(order.Details);
                break;
            case TemplateMessage template:
                TemplateWriter.ThrowIfInvalid(template);
                break;
        }
    }

    public static void ThrowIfInvalid(OrderDetails details)
    {
        foreach (var setting in details.PaymentSettings)
        {
            if (setting is PaymentSetting.Raw raw)
            {
                JsonFields.ThrowIfNoObject(raw.Json, raw.Type);
            }
        }
    }
}
