using WhatsSession.Options;
using WhatsSession.Storage;

namespace WhatsSession.Sending;

/// <summary>A send again as it was stored: a held message, a second try, or what its fallback is made of. Its own fallback had its chance.</summary>
/// <param name="intent">What was stored.</param>
/// <param name="number">The business number it goes from.</param>
/// <param name="startedAt">When it started.</param>
internal sealed class ResumedSend(SendIntent intent, NumberSettings number, long startedAt)
    : OutboundSend(number, intent.Conversation, intent.Message, OptionsOf(intent), intent.Id, startedAt)
{
    private readonly Func<SendIntent, ValueTask<bool>>? _take;
    private readonly bool _isAutomatic;

    /// <param name="intent">What was stored.</param>
    /// <param name="number">The business number it goes from.</param>
    /// <param name="startedAt">When it started.</param>
    /// <param name="take">Takes it up, for several hosts may be about to.</param>
    /// <param name="isAutomatic">Whether nobody sends it now.</param>
    public ResumedSend(SendIntent intent, NumberSettings number, long startedAt, Func<SendIntent, ValueTask<bool>> take, bool isAutomatic)
        : this(intent, number, startedAt)
    {
        _take = take;
        _isAutomatic = isAutomatic;
    }

    public override Func<SendIntent, ValueTask<bool>>? Take => _take;

    public override bool IsAutomatic => _isAutomatic;

    protected override bool IsWithoutFallback => true;

    private static SendOptions OptionsOf(SendIntent intent) => new()
    {
        ReplyTo = intent.ReplyTo,
        CallbackData = intent.CallbackData,
        IdentityKeyHash = intent.IdentityKeyHash,
        Seen = intent.Seen,
    };
}
