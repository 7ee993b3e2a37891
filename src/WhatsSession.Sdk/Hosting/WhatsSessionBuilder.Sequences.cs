using Microsoft.Extensions.DependencyInjection;
using WhatsSession.Handling;
using WhatsSession.Sequences;

namespace WhatsSession;

/// <content>Follow-up sequences.</content>
public sealed partial class WhatsSessionBuilder
{
    private const string OptOuts = "WhatsSession.Sequences";

    /// <summary>
    /// Adds a follow-up sequence: messages that go one after the other until the customer answers. It is started for a customer by
    /// <see cref="ConversationSequences.StartSequenceAsync(Conversation, string, CancellationToken)"/>, or by an event that the sequence names. Inside
    /// <see cref="ForNumber"/> only events of that number start it.
    /// </summary>
    /// <param name="name">The unique name of the sequence. The store keeps its runs under this name.</param>
    /// <param name="build">Adds its steps.</param>
    /// <exception cref="ArgumentException">
    /// There is a sequence of this name, or the sequence has no steps, a message that cannot be sent, a time without a time zone, or hours that contradict each
    /// other. The text names the step, the value and the fix.
    /// </exception>
    public WhatsSessionBuilder AddSequence(string name, Action<SequenceBuilder> build)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(build);
        if (Services.Any(service => service.ImplementationInstance is SequenceDefinition other && other.Name == name))
        {
            throw new ArgumentException($"There is a sequence \"{name}\" already; each name is used once.", nameof(name));
        }

        var sequence = new SequenceDefinition(name);
        var builder = new SequenceBuilder(sequence);
        build(builder);
        builder.Check(nameof(build));
        Services.AddSingleton(sequence);
        if (sequence.StartTemplates.Count > 0)
        {
            Add<DeliveryUpdated>(
                $"AddSequence({name})",
                filter: null,
                (received, cancellationToken) => StartsOf(received).StartAsync(sequence, received.Message, cancellationToken));
        }

        foreach (var lead in sequence.StartLeads.Distinct())
        {
            AddAlert(
                $"AddSequence({name}, {lead:c})",
                lead,
                (received, cancellationToken) =>
                    StartsOf(received).StartAsync(sequence, received.Conversation.Key, received.Message.Opened, cancellationToken));
        }

        return AddOptOuts();
    }

    /// <summary>The one place where customers' choices end their runs.</summary>
    private WhatsSessionBuilder AddOptOuts() => TakenNames.Contains(OptOuts, StringComparer.Ordinal)
        ? this
        : Bind(new HandlerBinding<UserPreferenceChanged>(OptOuts, static (received, cancellationToken) =>
            received.Message is { Choice: var choice, Conversation: { } conversation } && choice == PreferenceChoice.Stop
                ? received.Services.GetRequiredService<SequenceRuns>()
                    .EndAsync(conversation, static run => run.Sequence is not null, SequenceState.OptedOut, cancellationToken)
                : Task.CompletedTask));

    private static SequenceStarts StartsOf<TEvent>(Received<TEvent> received)
        where TEvent : WhatsAppEvent => received.Services.GetRequiredService<SequenceStarts>();
}
