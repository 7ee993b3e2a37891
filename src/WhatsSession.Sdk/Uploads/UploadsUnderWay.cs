using System.Collections.Concurrent;

namespace WhatsSession.Uploads;

/// <summary>Lets one of many senders of the same content upload it; the others share what comes of it, but not its cancellation.</summary>
internal sealed class UploadsUnderWay
{
    private readonly ConcurrentDictionary<UploadKey, TaskCompletionSource<MediaUpload?>> _running = new();

    public async Task<MediaUpload> RunAsync(UploadKey key, Func<Task<MediaUpload>> upload, CancellationToken cancellationToken)
    {
        while (true)
        {
            var mine = new TaskCompletionSource<MediaUpload?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var running = _running.GetOrAdd(key, mine);
            if (ReferenceEquals(running, mine))
            {
                return await LeadAsync(key, mine, upload).ConfigureAwait(false);
            }

            // Null: the sender who was at it gave up, and another takes over.
            if (await running.Task.WaitAsync(cancellationToken).ConfigureAwait(false) is { } shared)
            {
                return shared;
            }
        }
    }

    private async Task<MediaUpload> LeadAsync(UploadKey key, TaskCompletionSource<MediaUpload?> mine, Func<Task<MediaUpload>> upload)
    {
        MediaUpload? result = null;
        try
        {
            return result = await upload().ConfigureAwait(false);
        }
        finally
        {
            _running.TryRemove(key, out _);
            mine.SetResult(result);
        }
    }
}
