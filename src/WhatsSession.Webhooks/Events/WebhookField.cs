using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>What is known of one webhook field.</summary>
/// <param name="Name">The field as webhooks name it; empty for all that are not known.</param>
/// <param name="Shape">How its value is read.</param>
/// <param name="Notice">What reads the value, or an element of an array of notices; null where nothing does.</param>
/// <param name="Arrays">The arrays of its value.</param>
internal sealed record WebhookField(string Name, FieldShape Shape, ObjectParsing<WhatsAppEvent?>? Notice, params EventArray[] Arrays)
{
    /// <summary>The lane of the elements of an array; null when the array is none of the field's.</summary>
    public EventLane? LaneOf(scoped ReadOnlySpan<byte> array)
    {
        foreach (var known in Arrays)
        {
            if (array.SequenceEqual(known.Name))
            {
                return known.Lane;
            }
        }

        // Meta's errors may stand beside the arrays of any field.
        return array.SequenceEqual("errors"u8) ? EventLane.Account : null;
    }
}
