using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What the policy decided about one message at one moment.</summary>
/// <remarks><c>default</c> is a refusal for an unknown window. Equality is by value.</remarks>
public readonly record struct SendDecision
{
    private SendDecision(bool maySend, Instant? evidence, WindowClosedReason reason, Instant? since)
    {
        MaySend = maySend;
        Evidence = evidence;
        Reason = reason;
        Since = since;
    }

    /// <summary>Whether the message may be sent.</summary>
    public bool MaySend { get; }

    /// <summary>
    /// The customer's last qualifying event that was known when the send was allowed, also for a template. Null when none was known, or when the message may
    /// not be sent.
    /// </summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? Evidence { get; }

    /// <summary>Why the message may not be sent. It has a meaning only when <see cref="MaySend"/> is false.</summary>
    public WindowClosedReason Reason { get; }

    /// <summary>When the window closed, if that is known and the message may not be sent.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? Since { get; }

    internal static SendDecision Send(Instant? evidence) => new(maySend: true, evidence, default, since: null);

    internal static SendDecision Refuse(WindowClosedReason reason, Instant? since = null) => new(maySend: false, evidence: null, reason, since);
}
