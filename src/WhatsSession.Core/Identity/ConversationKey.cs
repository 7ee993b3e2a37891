using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Identifies a conversation: one business number and one customer or group.</summary>
/// <remarks>
/// Equality is by number and party. A customer who is known by phone number and by BSUID has two keys. A store joins the facts of both when it reads.
/// <c>default</c> belongs to no number. <see cref="ToString"/> is redacted. In JSON it is one string, the number and <see cref="Party"/> with a slash between
/// them: <c>314159265358979/15550001234</c>.
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<ConversationKey>))]
public readonly record struct ConversationKey : IJsonText<ConversationKey>
{
    private const string GroupPrefix = "g:";

    private readonly string? _party;

    /// <summary>Names the conversation of a business number with a customer.</summary>
    /// <exception cref="ArgumentException">An argument is <c>default</c>.</exception>
    public ConversationKey(PhoneNumberId number, CustomerId customer)
        : this(number, RequireValue(customer.Value, nameof(customer)))
    {
    }

    /// <summary>Names the conversation of a business number with a group.</summary>
    /// <exception cref="ArgumentException">An argument is <c>default</c>.</exception>
    public ConversationKey(PhoneNumberId number, GroupId group)
        : this(number, GroupPrefix + RequireValue(group.Value, nameof(group)))
    {
    }

    private ConversationKey(PhoneNumberId number, string party)
    {
        RequireValue(number.Value, nameof(number));
        Number = number;
        _party = party;
    }

    /// <summary>The business number.</summary>
    public PhoneNumberId Number { get; }

    /// <summary>The customer, or null for a group.</summary>
    public CustomerId? Customer => !IsGroup && CustomerId.TryParse(_party, out var customer) ? customer : null;

    /// <summary>The group, or null for a customer.</summary>
    public GroupId? Group => IsGroup && GroupId.TryParse(_party![GroupPrefix.Length..], out var group) ? group : null;

    /// <summary>Whether the other party is a group.</summary>
    public bool IsGroup => _party?.StartsWith(GroupPrefix, StringComparison.Ordinal) == true;

    /// <summary>The other party, as stores keep it: the identifier of a customer, or <c>g:</c> and the id of a group. It is personal data.</summary>
    public string Party => _party ?? "";

    /// <summary>Reads a key back from the two parts that a store kept.</summary>
    /// <exception cref="FormatException"><paramref name="party"/> is not what <see cref="Party"/> gives.</exception>
    /// <exception cref="ArgumentException"><paramref name="number"/> is <c>default</c>.</exception>
    public static ConversationKey Restore(PhoneNumberId number, string party)
    {
        ArgumentNullException.ThrowIfNull(party);
        if (party.StartsWith(GroupPrefix, StringComparison.Ordinal))
        {
            return new ConversationKey(number, GroupId.Parse(party[GroupPrefix.Length..]));
        }

        var customer = CustomerId.Parse(party);
        return customer.Value == party
            ? new ConversationKey(number, customer)
            : throw new FormatException("The party is not in the form that a store keeps: a phone number has no plus sign there.");
    }

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"{Number}/{(IsGroup ? Group.ToString() : Customer.ToString())}";

    static string? IJsonText<ConversationKey>.ToJson(ConversationKey value) => value == default ? null : $"{value.Number.Value}/{value.Party}";

    static ConversationKey? IJsonText<ConversationKey>.FromJson(string? text)
    {
        // A number is digits alone, so the first slash is the one between the two.
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 0 || !PhoneNumberId.TryParse(text![..slash], out var number))
        {
            return null;
        }

        var party = text[(slash + 1)..];
        return party.StartsWith(GroupPrefix, StringComparison.Ordinal)
            ? GroupId.TryParse(party[GroupPrefix.Length..], out var group) ? new ConversationKey(number, group) : null
            : CustomerId.TryParse(party, out var customer) && customer.Value == party ? new ConversationKey(number, customer) : null;
    }

    private static string RequireValue(string value, [SuppressMessage("Usage", "CA2208", Justification = "The name of the caller's argument.")] string name) =>
        value.Length > 0 ? value : throw new ArgumentException("A default identifier names nothing.", name);
}
