using System.Text.Json;
using WhatsSession.Emulator.Acting;
using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Journal;
using WhatsSession.Emulator.Numbers;
using WhatsSession.Emulator.Sending;

namespace WhatsSession.Emulator.Control;

/// <summary>What customers do next, over HTTP.</summary>
internal sealed class CustomerActions(CustomerDirectory customers, NumberDirectory numbers, GroupDirectory groups, Cast cast, ChangeFeed changes)
{
    /// <summary>Does what <c>action</c> names and answers with the message's id.</summary>
    public async Task<GraphAnswer> ActAsync(string phone, GraphRequest request, CancellationToken cancellationToken)
    {
        var customer = cast.Of(customers.GetOrAdd(CustomerPages.Digits(phone)));
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
        var number = request.Query("number") ?? numbers.Only().Id;
        var customer = cast.Of(customers.GetOrAdd(CustomerPages.Digits(phone)));
        return Done(await customer.SendsAsync(media, number, cancellationToken).ConfigureAwait(false));
    }

    private Func<Task<string>>? Action(EmulatedCustomer customer, JsonElement root, FieldReader fields, CancellationToken cancellationToken)
    {
        var action = fields.Text(root, "action", FieldReader.AnyLength);
        var groupId = fields.OptionalText(root, "group", FieldReader.AnyLength);
        var number = fields.OptionalText(root, "number", FieldReader.AnyLength)
            ?? (numbers.All.Count == 1 ? numbers.All[0].Id : groupId is null ? null : groups.Find(groupId)?.Number.Id);
        fields.RequireGiven(number is not null, "number");
        if (fields.Error is not null)
        {
            return null;
        }

        switch (action)
        {
            case "says":
                var text = Text("text");
                return () => groupId is null
                    ? customer.SaysAsync(text, number!, cancellationToken)
                    : customer.SaysInGroupAsync(text, groupId, cancellationToken);
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
                var place = fields.Error is null ? Place(root, fields) : null;
                return () => customer.SharesLocationAsync(place!, number!, cancellationToken);
            case "shares_contact":
                var (name, phone) = (Text("name"), Text("phone"));
                return () => customer.SharesContactAsync(name, phone, number!, cancellationToken);
            case "clicks_ad":
                var (wrote, ad) = (Text("text"), Ad(root, fields));
                return () => customer.ClicksAdAsync(wrote, ad, number!, cancellationToken);
            case "calls":
                var answered = FieldReader.Has(root, "answered") && root.GetProperty("answered").ValueKind == JsonValueKind.True;
                return () => customer.CallsAsync(answered, number!, cancellationToken);
            case "pays":
                var order = Text("message_id");
                return () => Nameless(customer.PaysAsync(order, cancellationToken));
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

    private static CustomerLocation Place(
        JsonElement root, FieldReader fields) => new(root.GetProperty("latitude").GetDouble(), root.GetProperty("longitude").GetDouble())
        {
            Name = fields.OptionalText(root, "name", FieldReader.AnyLength),
        };

    private static CustomerAd Ad(JsonElement root, FieldReader fields) => new()
    {
        SourceId = fields.OptionalText(root, "source_id", FieldReader.AnyLength) ?? "120250000000001",
        Headline = fields.OptionalText(root, "headline", FieldReader.AnyLength) ?? "Chat with us",
    };

    private static async Task<string> Nameless(Task action)
    {
        await action.ConfigureAwait(false);
        return "";
    }

    private Task<string> Nameless(Action action)
    {
        action();
        changes.Tell();
        return Task.FromResult("");
    }

    private static GraphAnswer Done(string id) => id.Length == 0 ? GraphAnswer.Success : GraphAnswer.Ok(id, static (json, id) =>
    {
        json.WriteStartObject();
        json.WriteBoolean("success", value: true);
        json.WriteString("id", id);
        json.WriteEndObject();
    });
}
