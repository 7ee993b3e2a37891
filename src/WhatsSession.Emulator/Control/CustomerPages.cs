using System.Text.Json;

namespace WhatsSession.Emulator;

/// <summary>Customers over HTTP: who there is, what was said, and what they do next.</summary>
internal sealed class CustomerPages(MetaSide meta)
{
    public GraphAnswer All() => GraphAnswer.Ok(meta, static (json, m) =>
    {
        json.WriteStartArray();
        foreach (var customer in m.Customers.All)
        {
            WriteCustomer(json, m, customer);
        }

        json.WriteEndArray();
    });

    public GraphAnswer Add(JsonElement root, FieldReader fields)
    {
        var phone = fields.Text(root, "phone", FieldReader.AnyLength);
        var name = fields.OptionalText(root, "name", FieldReader.AnyLength);
        var username = fields.OptionalText(root, "username", FieldReader.AnyLength);
        var userId = fields.OptionalText(root, "user_id", FieldReader.AnyLength);
        fields.OptionalBoolean(root, "hides_phone");
        if (fields.Error is { } error)
        {
            return error;
        }

        var customer = meta.Customers.Update(Digits(phone), known => new()
        {
            Name = string.IsNullOrEmpty(name) ? known.Name : name,
            Username = username ?? known.Username,
            UserId = userId ?? known.UserId,
            HidesPhone = FieldReader.Has(root, "hides_phone") ? root.GetProperty("hides_phone").GetBoolean() : known.HidesPhone,
        });
        meta.Changes.Tell();
        return GraphAnswer.Ok(customer, (json, c) => WriteCustomer(json, meta, c));
    }

    public GraphAnswer Chat(string phone, string? numberId)
    {
        if (meta.Customers.Find(Digits(phone)) is not { } customer)
        {
            return GraphError.Invalid("There is no customer with that phone number yet: POST /_emulator/customers adds one, and so does an action.") with { HttpStatus = 404 };
        }

        var number = numberId is null ? meta.OnlyNumber() : meta.Number(numberId);
        return GraphAnswer.Ok(0, (json, _) => ChatPage.Write(json, customer, number, meta.Now));
    }

    /// <summary>Does what <c>action</c> names and answers with the message's id.</summary>
    public async Task<GraphAnswer> ActAsync(string phone, GraphRequest request, CancellationToken cancellationToken)
    {
        var customer = meta.Customers.GetOrAdd(Digits(phone));
        Func<Task<string>>? act = null;
        var read = JsonBody.Read(request, (root, fields) =>
        {
            act = Action(customer, root, fields, cancellationToken);
            return fields.Error is { } error ? error : GraphAnswer.Success;
        });
        if (read.StatusCode != 200 || act is null)
        {
            return read;
        }

        return Done(await act().ConfigureAwait(false));
    }

    /// <summary>Sends the body as a file.</summary>
    public async Task<GraphAnswer> SendFileAsync(string phone, GraphRequest request, CancellationToken cancellationToken)
    {
        if (request.BodyTooLong)
        {
            return GraphError.Invalid("The file is too long: Meta takes 100 MB at most.") with { HttpStatus = 413 };
        }

        var media = new CustomerMedia
        {
            Type = request.Query("type") ?? "document",
            MimeType = request.Query("mime_type") ?? "application/octet-stream",
            Bytes = request.Body,
            Caption = request.Query("caption"),
            FileName = request.Query("filename"),
            IsVoice = request.Query("voice") is "true",
        };
        var number = request.Query("number") ?? meta.OnlyNumber().Id;
        return Done(await meta.Customers.GetOrAdd(Digits(phone)).SendsAsync(media, number, cancellationToken).ConfigureAwait(false));
    }

    private Func<Task<string>>? Action(EmulatedCustomer customer, JsonElement root, FieldReader fields, CancellationToken cancellationToken)
    {
        var action = fields.Text(root, "action", FieldReader.AnyLength);
        var groupId = fields.OptionalText(root, "group", FieldReader.AnyLength);
        var number = fields.OptionalText(root, "number", FieldReader.AnyLength) ?? (meta.Numbers.Count == 1 ? meta.Numbers[0].Id : groupId is null ? null : meta.Groups.Find(groupId)?.NumberId);
        fields.Require(number is not null, GraphError.Missing("number"));
        if (fields.Error is not null)
        {
            return null;
        }

        switch (action)
        {
            case "says":
                var text = Text("text");
                return () => groupId is null ? customer.SaysAsync(text, number!, cancellationToken) : customer.SaysInGroupAsync(text, groupId, cancellationToken);
            case "taps":
                var button = Text("id");
                return () => customer.TapsAsync(button, cancellationToken);
            case "picks":
                var row = Text("id");
                return () => customer.PicksAsync(row, cancellationToken);
            case "reacts":
                var (target, emoji) = (Text("message_id"), fields.OptionalText(root, "emoji", FieldReader.AnyLength) ?? "");
                return () => customer.ReactsAsync(target, emoji, cancellationToken);
            case "quotes":
                var (quoted, words) = (Text("message_id"), Text("text"));
                return () => customer.QuotesAsync(quoted, words, cancellationToken);
            case "completes_flow":
                var (flow, answer) = (Text("message_id"), fields.Object(root, "response"));
                var response = answer.ValueKind == JsonValueKind.Object ? answer.GetRawText() : "";
                return () => customer.CompletesFlowAsync(flow, response, cancellationToken);
            case "shares_location":
                ContentRules.CheckLocation(root, fields);
                var place = fields.Error is null ? new CustomerLocation(root.GetProperty("latitude").GetDouble(), root.GetProperty("longitude").GetDouble()) { Name = fields.OptionalText(root, "name", FieldReader.AnyLength) } : null;
                return () => customer.SharesLocationAsync(place!, number!, cancellationToken);
            case "shares_contact":
                var (name, phone) = (Text("name"), Text("phone"));
                return () => customer.SharesContactAsync(name, phone, number!, cancellationToken);
            case "clicks_ad":
                var (wrote, ad) = (Text("text"), new CustomerAd { SourceId = fields.OptionalText(root, "source_id", FieldReader.AnyLength) ?? "120250000000001", Headline = fields.OptionalText(root, "headline", FieldReader.AnyLength) ?? "Chat with us" });
                return () => customer.ClicksAdAsync(wrote, ad, number!, cancellationToken);
            case "calls":
                var answered = FieldReader.Has(root, "answered") && root.GetProperty("answered").ValueKind == JsonValueKind.True;
                return () => customer.CallsAsync(answered, number!, cancellationToken);
            case "changes_number":
                var moved = Text("phone");
                return () => Nameless(customer.ChangesNumberAsync(moved, cancellationToken));
            case "hides_phone":
                var username = Text("username");
                return () => Nameless(() => customer.HidesPhoneBehind(username));
            case "plays":
                var played = Text("message_id");
                return () => Nameless(customer.PlaysAsync(played, cancellationToken));
            case "reads":
                return () => Nameless(customer.ReadsAsync(cancellationToken));
            case "stops_marketing":
                return () => Nameless(customer.StopsMarketingAsync(number!, cancellationToken));
            case "resumes_marketing":
                return () => Nameless(customer.ResumesMarketingAsync(number!, cancellationToken));
            case "blocks":
                return () => Nameless(() => customer.Blocks(number!));
            case "goes_offline":
                return () => Nameless(() => customer.IsOnline = false);
            case "comes_online":
                return () => Nameless(() => customer.IsOnline = true);
            case "leaves":
                return () => Nameless(customer.Leaves);
            case "unblocks":
                return () => Nameless(() => customer.Unblocks(number!));
            default:
                fields.Refuse(GraphError.Invalid($"'{action}' is not an action: /_emulator/openapi.json lists them."));
                return null;
        }

        string Text(string field) => fields.Text(root, field, FieldReader.AnyLength);
    }

    private static async Task<string> Nameless(Task action)
    {
        await action.ConfigureAwait(false);
        return "";
    }

    private Task<string> Nameless(Action action)
    {
        action();
        meta.Changes.Tell();
        return Task.FromResult("");
    }

    private static GraphAnswer Done(string id) => id.Length == 0 ? GraphAnswer.Success : GraphAnswer.Ok(id, static (json, id) =>
    {
        json.WriteStartObject();
        json.WriteBoolean("success", value: true);
        json.WriteString("id", id);
        json.WriteEndObject();
    });

    private static string Digits(string phone) => PhoneDigits.Find(Uri.UnescapeDataString(phone)) ?? throw new ArgumentException("That is not a phone number: give 7 to 15 digits with the country code.", nameof(phone));

    private static void WriteCustomer(Utf8JsonWriter json, MetaSide meta, EmulatedCustomer customer)
    {
        json.WriteStartObject();
        json.WriteString("phone", customer.Phone);
        json.WriteString("name", customer.Name);
        json.WriteString("username", customer.Username);
        json.WriteString("user_id", customer.UserId);
        json.WriteBoolean("hides_phone", customer.HidesPhone);
        json.WriteStartObject("windows");
        foreach (var number in meta.Numbers)
        {
            if (customer.FindPair(number)?.Closes is { } closes)
            {
                json.WriteString(number.Id, closes - meta.Faults.ClockSkew);
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
