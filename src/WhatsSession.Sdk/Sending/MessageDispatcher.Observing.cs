using WhatsSession.Diagnostics;
using WhatsSession.Options;

namespace WhatsSession.Sending;

/// <content>What is told of sends to those who listen. Nothing is allocated while nobody does.</content>
internal sealed partial class MessageDispatcher
{
    /// <summary>Posts nothing, and goes this way because the templates are here.</summary>
    public Task<IReadOnlyList<TemplateDefinition>> ListUsableTemplatesAsync(NumberSettings number, ConversationKey conversation, CancellationToken cancellationToken) =>
        templates.ListUsableAsync(number, conversation, cancellationToken);

    private Task<SendOutcome> SendInTurnAsync(NumberSettings number, ConversationKey conversation, Message message, SendOptions options, IntentId id, CancellationToken cancellationToken) =>
        WhatsSessionActivities.HasListeners || metrics.CountsSends
            ? SendObservedAsync(number, conversation, message, options, id, cancellationToken)
            : TakeTurnAsync(number, conversation, message, options, id, cancellationToken);

    private async Task<SendOutcome> SendObservedAsync(NumberSettings number, ConversationKey conversation, Message message, SendOptions options, IntentId id, CancellationToken cancellationToken)
    {
        using var span = WhatsSessionActivities.StartSend(number.Name, message, id);
        try
        {
            var outcome = await TakeTurnAsync(number, conversation, message, options, id, cancellationToken).ConfigureAwait(false);
            WhatsSessionActivities.EndSend(span, outcome);
            metrics.CountSend(number.Name, outcome);
            return outcome;
        }
        catch (Exception exception)
        {
            WhatsSessionActivities.Fail(span, exception);
            metrics.CountSend(number.Name, exception);
            throw;
        }
    }

    private void NoteDecision(NumberSettings number, Message message, ConversationSnapshot snapshot, SendDecision decision)
    {
        if (!WhatsSessionActivities.HasListeners && !metrics.CountsDecisions)
        {
            return;
        }

        var state = settings.Policy.Window(snapshot, metaClock.GetInstant()).State;
        WhatsSessionActivities.NoteWindow(state);
        if (message is SessionMessage)
        {
            metrics.CountDecision(number.Name, state, decision);
        }
    }
}
