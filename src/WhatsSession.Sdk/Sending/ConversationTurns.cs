namespace WhatsSession.Sending;

/// <summary>
/// Lets the sends of one conversation go one after the other in the order they were asked for; sends of different conversations do not wait for each other.
/// </summary>
internal sealed class ConversationTurns(TimeProvider clock)
{
    // Who waits for a conversation that is busy; null while nobody does. Nothing is allocated for a send that meets no other.
    private readonly Dictionary<ConversationKey, Queue<TaskCompletionSource>?> _busy = [];

    /// <summary>Waits for the turn. Whoever got it gives it back by <see cref="Leave"/>.</summary>
    /// <returns>False when it did not come in time.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask<bool> EnterAsync(ConversationKey conversation, TimeSpan patience, CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (_busy)
        {
            if (_busy.TryAdd(conversation, null))
            {
                return new(true);
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (_busy[conversation] ??= new Queue<TaskCompletionSource>()).Enqueue(turn);
        }

        return WaitAsync(conversation, turn, patience, cancellationToken);
    }

    public void Leave(ConversationKey conversation)
    {
        lock (_busy)
        {
            while (_busy[conversation] is { } waiting && waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult())
                {
                    return;
                }
            }

            _busy.Remove(conversation);
        }
    }

    private async ValueTask<bool> WaitAsync(ConversationKey conversation, TaskCompletionSource turn, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            await turn.Task.WaitAsync(patience, clock, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            if (!turn.TrySetCanceled(CancellationToken.None))
            {
                // It came at the same moment: the next one takes it.
                Leave(conversation);
            }

            return exception is TimeoutException ? false : throw new CancelledBeforeWritingException((OperationCanceledException)exception);
        }
    }
}
