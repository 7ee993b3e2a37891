namespace WhatsSession.Emulator;

/// <summary>A consumer without an HTTP endpoint.</summary>
internal sealed class DelegateTarget(Func<WebhookDelivery, CancellationToken, Task<int>> accept) : IWebhookTarget
{
    public async Task<int?> DeliverAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            return await accept(delivery, cancellationToken).ConfigureAwait(false);
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
    }
}
