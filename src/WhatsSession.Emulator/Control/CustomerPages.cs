using System.Text.Json;
using WhatsSession.Emulator.Clock;
using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Journal;
using WhatsSession.Emulator.Numbers;

namespace WhatsSession.Emulator.Control;

/// <summary>Customers over HTTP: who there is, and what was said.</summary>
internal sealed class CustomerPages(CustomerDirectory customers, NumberDirectory numbers, MetaTime time, ChangeFeed changes)
{
    public GraphAnswer All() => GraphAnswer.Ok(customers.All, (json, all) =>
    {
        json.WriteStartArray();
        foreach (var customer in all)
        {
            WriteCustomer(json, customer);
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

        var customer = customers.Update(Digits(phone), known => new()
        {
            Name = string.IsNullOrEmpty(name) ? known.Name : name,
            Username = username ?? known.Username,
            UserId = userId ?? known.UserId,
            HidesPhone = FieldReader.Has(root, "hides_phone") ? root.GetProperty("hides_phone").GetBoolean() : known.HidesPhone,
        });
        changes.Tell();
        return GraphAnswer.Ok(customer, WriteCustomer);
    }

    public GraphAnswer Chat(string phone, string? numberId)
    {
        if (customers.Find(Digits(phone)) is not { } customer)
        {
            var error = GraphError.Invalid("There is no customer with that phone number yet: POST /_emulator/customers adds one, and so does an action.");
            return error with { HttpStatus = 404 };
        }

        var number = numberId is null ? numbers.Only() : numbers.Get(numberId);
        return GraphAnswer.Ok(0, (json, _) => ChatPage.Write(json, customer, number, time.Now));
    }

    /// <summary>Reads a phone number of a path.</summary>
    public static string Digits(string phone) => PhoneDigits.Find(Uri.UnescapeDataString(phone))
        ?? throw new ArgumentException("That is not a phone number: give 7 to 15 digits with the country code.", nameof(phone));

    private void WriteCustomer(Utf8JsonWriter json, Person customer)
    {
        json.WriteStartObject();
        json.WriteString("phone", customer.Phone);
        json.WriteString("name", customer.Name);
        json.WriteString("username", customer.Username);
        json.WriteString("user_id", customer.UserId);
        json.WriteBoolean("hides_phone", customer.HidesPhone);
        json.WriteStartObject("windows");
        foreach (var number in numbers.All)
        {
            if (customer.FindPair(number)?.Closes is { } closes)
            {
                json.WriteString(number.Id, time.OnClock(closes));
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
