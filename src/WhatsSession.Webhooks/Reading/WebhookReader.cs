using System.Globalization;
using System.Text.Json;
using WhatsSession.Events;
using WhatsSession.Reading;
using WhatsSession.Shared;

namespace WhatsSession;

/// <summary>Reads webhook payloads: one pass over the UTF-8, one event for every message, status and notice of every entry and change.</summary>
/// <remarks>
/// Thread safe. Events and messages that it does not know become an <see cref="UnknownEvent"/> or <see cref="UnknownMessage"/> with their raw JSON.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview">Meta, read November 2025.</see>
/// </remarks>
public static class WebhookReader
{
    // Meta posts at most 1,000 updates, each with a contact. What has more in fewer bytes is made to exhaust the reader's memory.
    private const int MostUpdates = 2048;

    // The shortest message of a history, with the ids and names that Meta gives it, has some 180.
    private const int LeastBytes = 176;

    [ThreadStatic]
    private static ChangeScratch? _scratch;

    /// <summary>Reads a payload whose signature was verified.</summary>
    /// <param name="utf8">The body as it arrived.</param>
    /// <param name="events">Receives the events in the order of the payload.</param>
    /// <returns>
    /// Null when the payload was read completely. Otherwise what is wrong with it, without content; <paramref name="events"/> then has the events before that
    /// point.
    /// </returns>
    public static string? Read(ReadOnlySpan<byte> utf8, ICollection<WhatsAppEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var before = events.Count;
        var scratch = _scratch ?? new ChangeScratch();
        _scratch = null; // Not shared with a reader that a callback of the collection might start.
        var most = Math.Max(MostUpdates, utf8.Length / LeastBytes);
        scratch.Budget.Allow(most);
        try
        {
            var payload = new PayloadReader(utf8, events, scratch);
            payload.Read();
            return scratch.Budget.IsFull ? string.Create(CultureInfo.InvariantCulture, $"The payload has more than {most} events and contacts.")
                : events.Count > before ? null
                : "The payload has no event.";
        }
        catch (JsonException exception)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The payload is not JSON (line {exception.LineNumber}, byte {exception.BytePositionInLine}).");
        }
        finally
        {
            scratch.Clear();
            _scratch = scratch;
        }
    }

    /// <summary>Makes an event again from its kept parts. The result is the same as when it arrived.</summary>
    /// <param name="kept">What was kept.</param>
    /// <exception cref="JsonException">Its part of the payload is not JSON.</exception>
    public static WhatsAppEvent Restore(in KeptEvent kept)
    {
        var contact = RestoreContact(kept.Contact.Span);
        var reader = new Utf8JsonReader(kept.Raw.Span, JsonText.Options);
        reader.Read();
        var restored = EventParser.Parse(kept.Field, kept.Lane, kept.Raw.Span, ref reader, contact);
        if (restored is CustomerEvent about)
        {
            about.SetContact(contact);
        }

        restored.SetKept(kept);
        restored.Pass();
        return restored;
    }

    private static Contact? RestoreContact(ReadOnlySpan<byte> kept)
    {
        if (kept.IsEmpty)
        {
            return null;
        }

        var reader = new Utf8JsonReader(kept, JsonText.Options);
        reader.Read();
        return ContactParser.Parse(ref reader);
    }
}
