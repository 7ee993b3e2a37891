using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Templates;

namespace WhatsSession.Emulator.Customers;

/// <summary>A message that the emulator accepted from a business.</summary>
internal sealed class OutboundMessage
{
    private readonly object _gate = new();
    private MessageStage _stage;

    public required string Id { get; init; }

    public required EmulatedNumber Number { get; init; }

    /// <summary>Null when nobody is there: the message fails; and of a message to a group, before it is one participant's.</summary>
    public required Person? Customer { get; init; }

    /// <summary>The phone number it was sent to; null when it was sent to a BSUID.</summary>
    public required string? Phone { get; init; }

    /// <summary>The BSUID it was sent to, or that of the customer it was sent to by phone; null when unknown.</summary>
    public required string? UserId { get; init; }

    /// <summary>The group it was sent to; null when it was sent to one customer.</summary>
    public Group? Group { get; init; }

    public required string Type { get; init; }

    public required string Text { get; init; }

    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>The price category: <c>service</c>, or the template's.</summary>
    public required string Category { get; init; }

    public required bool InsideWindow { get; init; }

    /// <summary>A free-form body that Meta turned into a template.</summary>
    public bool IsDirectSend { get; init; }

    /// <summary>The caller's <c>biz_opaque_callback_data</c>.</summary>
    public required string? OpaqueData { get; init; }

    /// <summary>Why it will fail after having been accepted; null when it will arrive.</summary>
    public required GraphError? Failure { get; init; }

    /// <summary>The template it was made from, as it was then; null for a free-form message.</summary>
    public required Template? Template { get; init; }

    public required FreeEntry? FreeEntry { get; init; }

    /// <summary>A service message among the free ones of its month.</summary>
    public bool IsFreeService { get; init; }

    /// <summary>Its account pays for no service message.</summary>
    public bool IsExempt { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    /// <summary>From when on it is no longer delivered.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>What the customer has; null until it arrived.</summary>
    public ReceivedMessage? Arrival { get; set; }

    public MessageStage Stage
    {
        get
        {
            lock (_gate)
            {
                return _stage;
            }
        }
    }

    /// <summary>An <c>audio</c> that was sent as a voice note.</summary>
    public bool IsVoice { get; init; }

    /// <summary>Reactions get a <c>sent</c> status and never another.</summary>
    public bool IsReaction => string.Equals(Type, "reaction", StringComparison.Ordinal);

    /// <summary>Claims a stage.</summary>
    /// <returns>False when the message is there already, or past it.</returns>
    public bool TryReach(MessageStage stage)
    {
        lock (_gate)
        {
            if (stage <= _stage)
            {
                return false;
            }

            _stage = stage;
            return true;
        }
    }

    /// <returns>The message to a group as one participant gets it: with stages of its own.</returns>
    public OutboundMessage For(Person participant) => new()
    {
        Id = Id,
        Number = Number,
        Customer = participant,
        Phone = null,
        UserId = participant.UserId,
        Group = Group,
        Type = Type,
        Text = Text,
        Json = Json,
        Category = Category,
        InsideWindow = InsideWindow,
        IsVoice = IsVoice,
        OpaqueData = OpaqueData,
        Failure = null,
        Template = Template,
        FreeEntry = null,
        IsFreeService = IsFreeService,
        IsExempt = IsExempt,
        SentAt = SentAt,
        Expires = Expires,
    };

    public ReceivedMessage Arrived(DateTimeOffset at) => new()
    {
        Id = Id,
        Type = Type,
        At = at,
        Text = Text,
        Body = Json,
        FromNumber = Number.Id,
        GroupId = Group?.Id,
    };
}
