using System.Text.Json;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Numbers;
using WhatsSession.Emulator.Sending;
using WhatsSession.Emulator.Webhooks;

namespace WhatsSession.Emulator.Graph;

/// <summary>The read-only edges that tell a client whether its configuration is right: number, account, token.</summary>
internal sealed class AccountEdges(NumberDirectory numbers, WebhookRoutes routes, MessagingLimit limit, string appSecret)
{
    public const string AppId = "161803398874989";

    private static readonly string[] DefaultFields = ["verified_name", "display_phone_number", "quality_rating"];

    private static readonly string[] NumberFields =
    [
        .. DefaultFields, "id", "status", "platform_type", "throughput", "whatsapp_business_manager_messaging_limit", "webhook_configuration",
    ];

    private static readonly string[] AccountFields = ["name", "timezone_id", "currency", "message_template_namespace"];

    public GraphAnswer Number(EmulatedNumber number, string? fields)
    {
        var wanted = FieldsOf(fields);
        return Unknown(wanted) is { } error ? error : GraphAnswer.Ok((number, wanted), (json, s) => WriteNumber(json, s.number, s.wanted));
    }

    public GraphAnswer Numbers(string accountId, string token, string? fields)
    {
        IReadOnlyList<EmulatedNumber> owned =
        [
            .. numbers.All.Where(n =>
                string.Equals(n.AccessToken, token, StringComparison.Ordinal) && string.Equals(n.BusinessAccountId, accountId, StringComparison.Ordinal)),
        ];
        var wanted = FieldsOf(fields);
        return Unknown(wanted) is { } error ? error : GraphAnswer.Ok((owned, wanted), (json, s) =>
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            foreach (var number in s.owned)
            {
                WriteNumber(json, number, s.wanted);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public static GraphAnswer Account(string accountId, string? fields)
    {
        var wanted = string.IsNullOrEmpty(fields) ? AccountFields : fields.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Array.Find(wanted, static f => f is not "id" && !AccountFields.Contains(f, StringComparer.Ordinal)) is { } unknown
            ? GraphError.Invalid($"Tried accessing nonexisting field '{unknown}'.")
            : GraphAnswer.Ok((accountId, wanted), static (json, s) =>
            {
                json.WriteStartObject();
                foreach (var field in s.wanted.Where(static f => f is not "id").Distinct(StringComparer.Ordinal))
                {
                    json.WriteString(field, field switch
                    {
                        "name" => "Emulated Account",
                        "timezone_id" => "1",
                        "currency" => "USD",
                        _ => "emulated_" + s.accountId,
                    });
                }

                json.WriteString("id", s.accountId);
                json.WriteEndObject();
            });
    }

    public GraphAnswer SubscribedApps(string accountId) => GraphAnswer.Ok(routes.IsSubscribed(accountId), static (json, isSubscribed) =>
    {
        json.WriteStartObject();
        json.WriteStartArray("data");
        if (isSubscribed)
        {
            json.WriteStartObject();
            json.WriteStartObject("whatsapp_business_api_data");
            json.WriteString("id", AppId);
            json.WriteString("name", "Emulated App");
            json.WriteString("link", "https://www.facebook.com/games/?app_id=" + AppId);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Tells about a token, to one who bears a valid token or the app's own: its id and secret around a bar.</summary>
    public GraphAnswer DebugToken(string bearer, string? inputToken)
    {
        if (!numbers.KnowsToken(bearer) && !string.Equals(bearer, $"{AppId}|{appSecret}", StringComparison.Ordinal))
        {
            return GraphError.BadToken;
        }

        return inputToken is null
            ? GraphError.Invalid("The parameter 'input_token' is required.")
            : GraphAnswer.Ok(numbers.KnowsToken(inputToken), static (json, isValid) => WriteToken(json, isValid));
    }

    private static void WriteToken(Utf8JsonWriter json, bool isValid)
    {
        json.WriteStartObject();
        json.WriteStartObject("data");
        json.WriteString("app_id", AppId);
        json.WriteBoolean("is_valid", isValid);
        if (isValid)
        {
            json.WriteString("type", "SYSTEM_USER");
            json.WriteNumber("expires_at", 0);
        }
        else
        {
            json.WriteStartObject("error");
            json.WriteNumber("code", GraphError.BadToken.Code);
            json.WriteString("message", GraphError.BadToken.Title);
            json.WriteNumber("subcode", GraphError.BadToken.Subcode!.Value);
            json.WriteEndObject();
        }

        json.WriteStartArray("scopes");
        if (isValid)
        {
            json.WriteStringValue("whatsapp_business_management");
            json.WriteStringValue("whatsapp_business_messaging");
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string[] FieldsOf(string? fields) =>
        string.IsNullOrEmpty(fields) ? DefaultFields : fields.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static GraphError? Unknown(string[] fields) =>
        Array.Find(fields, static f => !NumberFields.Contains(f, StringComparer.Ordinal)) is { } unknown
            ? GraphError.Invalid($"Tried accessing nonexisting field '{unknown}'.")
            : null;

    private void WriteNumber(Utf8JsonWriter json, EmulatedNumber number, string[] fields)
    {
        json.WriteStartObject();
        foreach (var field in fields.Distinct(StringComparer.Ordinal))
        {
            switch (field)
            {
                case "display_phone_number":
                    json.WriteString(field, number.DisplayPhoneNumber);
                    break;
                case "verified_name":
                    json.WriteString(field, number.VerifiedName);
                    break;
                case "quality_rating":
                    json.WriteString(field, "GREEN");
                    break;
                case "status":
                    json.WriteString(field, "CONNECTED");
                    break;
                case "platform_type":
                    json.WriteString(field, "CLOUD_API");
                    break;
                case "throughput":
                    json.WriteStartObject(field);
                    json.WriteString("level", "STANDARD");
                    json.WriteEndObject();
                    break;
                case "whatsapp_business_manager_messaging_limit":
                    json.WriteString(field, limit.Tier);
                    break;
                case "webhook_configuration":
                    WriteCallbacks(json, number);
                    break;
                default:
                    break;
            }
        }

        json.WriteString("id", number.Id);
        json.WriteEndObject();
    }

    private void WriteCallbacks(Utf8JsonWriter json, EmulatedNumber number)
    {
        json.WriteStartObject("webhook_configuration");
        Write("phone_number", routes.OverrideOf(number.Id));
        Write("whatsapp_business_account", routes.OverrideOf(number.BusinessAccountId));
        Write("application", (routes.App as HttpTarget)?.Url);
        json.WriteEndObject();

        void Write(string name, Uri? url)
        {
            if (url is not null)
            {
                json.WriteString(name, url.AbsoluteUri);
            }
        }
    }
}
