using System.Diagnostics.CodeAnalysis;
using NodaTime;
using WhatsSession.Uploads;

namespace WhatsSession.Sequences;

/// <summary>What is wrong with a sequence. Each text names the sequence, the value and the fix, and no content of a message.</summary>
internal static class SequenceChecks
{
    /// <summary>The longest delay of a step, and the furthest day: a year.</summary>
    public const int MostDays = 366;

    public static void ThrowIfNoZone([NotNull] string? zone, string subject, string parameter)
    {
        if (zone is null || DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
        {
            throw new ArgumentException(
                $"{subject} is \"{zone}\", which no time zone is called. Give the IANA name, such as \"Europe/Berlin\" or \"America/Sao_Paulo\".", parameter);
        }
    }

    /// <summary>Checks a step with its messages, for a customer or for any.</summary>
    public static void ThrowIfWrong(SequenceDefinition sequence, int number, SequenceStep step, ConversationKey? conversation)
    {
        var place = FormattableString.Invariant($"Step {number} of the sequence \"{sequence.Name}\"");
        ThrowIfWrong(step, conversation, place, nameof(step));
        foreach (var template in (ReadOnlySpan<TemplateMessage?>)[step.Message as TemplateMessage, step.OrTemplate])
        {
            if (template is not null && sequence.StartTemplates.ContainsKey(template.Name))
            {
                throw new ArgumentException(
                    $"{place} sends the template \"{template.Name}\", whose delivery starts the sequence again, without end. Use another template in the step, "
                    + "or another start.",
                    nameof(sequence));
            }
        }
    }

    /// <summary>Checks messages that are sent later.</summary>
    public static void ThrowIfWrong(SequenceStep step, ConversationKey? conversation, string place, string parameter)
    {
        if (step is { OrTemplate: not null, Message: not SessionMessage })
        {
            throw new ArgumentException(
                $"{place} has a {step.Message.Kind} message, which needs no window, and a template beside it; leave the template out.", parameter);
        }

        foreach (var message in (ReadOnlySpan<Message?>)[step.Message, step.OrTemplate])
        {
            if (message is null)
            {
                continue;
            }

            MessageJson.ThrowIfInvalid(message);
            var violations = conversation is { } known ? message.CheckFor(known) : message.Check();
            if (violations.Count > 0)
            {
                throw new ArgumentException($"{place} cannot be sent: {string.Join("; ", violations)}.", parameter);
            }

            if (MediaParts.HasUploads(message))
            {
                throw new ArgumentException(
                    $"{place} has content that is uploaded when it is sent, and a stored message cannot hold it. Upload it first with UploadMediaAsync and use "
                    + "MediaSource.FromId (Meta keeps it for 30 days), or use a link.",
                    parameter);
            }
        }
    }
}
