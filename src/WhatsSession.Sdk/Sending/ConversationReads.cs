using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Options;
using WhatsSession.Storage;
using WhatsSession.Storage.InMemory;
using WhatsSession.Time;

namespace WhatsSession.Sending;

/// <summary>What is known of a conversation now, as the guard sees it: where the store is away that is an answer too.</summary>
internal sealed class ConversationReads(IConversationStore store, WhatsSessionSettings settings, MetaClock metaClock, ILogger<ConversationReads> log)
{
    private readonly IWindowSource? _windows = store as IWindowSource;

    /// <param name="conversation">The conversation.</param>
    /// <param name="place">Where a store in memory found it before.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public ValueTask<WindowStatus> GetWindowAsync(ConversationKey conversation, ref WindowPlace place, CancellationToken cancellationToken) =>
        _windows is not null && !cancellationToken.IsCancellationRequested && _windows.TryRead(conversation, ref place, out var facts)
            ? new(settings.Policy.Window(facts, metaClock.GetInstant()))
            : ReadWindowAsync(conversation, cancellationToken);

    public async ValueTask<ConversationSnapshot> ReadAsync(ConversationKey conversation, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ReadAsync(conversation, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            throw new CancelledBeforeWritingException(exception);
        }
        catch (StoreUnavailableException exception)
        {
            log.StoreUnavailable(exception);
            return new ConversationSnapshot { Key = conversation, StoreAvailable = false };
        }
    }

    public async ValueTask<ReengagementSuggestion> SuggestReengagementAsync(ConversationKey conversation, Duration lead, CancellationToken cancellationToken)
    {
        var snapshot = await ReadAsync(conversation, cancellationToken).ConfigureAwait(false);
        return settings.Policy.SuggestReengagement(snapshot, lead, metaClock.GetInstant());
    }

    /// <summary>Whether the customer is known to have written since a point; null when the store is away.</summary>
    public async ValueTask<bool?> HasNewerAsync(ConversationKey conversation, InboundPoint point, CancellationToken cancellationToken)
    {
        try
        {
            return await store.HasNewerInboundAsync(conversation, point, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            throw new CancelledBeforeWritingException(exception);
        }
        catch (StoreUnavailableException exception)
        {
            log.StoreUnavailable(exception);
            return null;
        }
    }

    private async ValueTask<WindowStatus> ReadWindowAsync(ConversationKey conversation, CancellationToken cancellationToken)
    {
        var snapshot = await ReadAsync(conversation, cancellationToken).ConfigureAwait(false);
        return settings.Policy.Window(snapshot, metaClock.GetInstant());
    }
}
