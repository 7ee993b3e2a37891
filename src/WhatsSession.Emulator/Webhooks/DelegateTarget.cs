namespace WhatsSession.Emulator.Webhooks;

/// <summary>A consumer without an HTTP endpoint.</summary>
internal sealed class DelegateTarget(Func<WebhookDelivery, CancellationToken, Task<int>> accept) : IWebhookTarget
{
    private static readonly AsyncLocal<Visit?> Current = new();

    /// <summary>Whether the caller is in a consumer, which must not wait for the webhooks after the one it holds.</summary>
    public static bool IsInside => Current.Value is { IsOver: false };

    // In process the order is kept, whatever the machine does meanwhile.
    public TimeSpan Patience => Timeout.InfiniteTimeSpan;

    public async Task<int?> DeliverAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var visit = new Visit();
        Current.Value = visit;
        try
        {
            return await accept(delivery, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception)
        {
            // A consumer that throws is one that answers 500: the webhook comes again, as from Meta.
            return 500;
        }
        finally
        {
            visit.IsOver = true;
        }
    }

    /// <summary>Flows to all that a consumer starts; over once it has answered.</summary>
    private sealed class Visit
    {
        public volatile bool IsOver;
    }
}
