using System.Text.Json;
using WhatsSession.Events;
using WhatsSession.Shared;
using WhatsSession.Wire;

namespace WhatsSession.Reading;

/// <summary>Reads the value of one change into the scratch.</summary>
internal static class ValueReader
{
    /// <summary>Reads the value that the reader stands on, and leaves it on its end.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="utf8">What the reader reads: events copy their slices of it.</param>
    /// <param name="field">The field of the change; null while it is unknown.</param>
    /// <param name="change">Receives what was read.</param>
    public static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, string? field, ChangeScratch change)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return;
        }

        while (JsonText.NextProperty(ref reader, out var name))
        {
            var isArray = reader.TokenType == JsonTokenType.StartArray;
            if (name.SequenceEqual("metadata"u8))
            {
                ReadMetadata(ref reader, change);
            }
            else if (isArray && name.SequenceEqual("contacts"u8))
            {
                ReadContacts(ref reader, change);
            }
            else if (isArray && WebhookFields.Of(field).LaneOf(name) is { } lane)
            {
                ReadElements(ref reader, utf8, field, lane, thread: null, change);
            }
            else
            {
                ReadRest(ref reader, utf8, field, name, change);
            }
        }
    }

    /// <summary>Skips the value that the reader stands on, but for the number it belongs to.</summary>
    public static void FindNumber(ref Utf8JsonReader reader, ChangeScratch change)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return;
        }

        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("metadata"u8))
            {
                ReadMetadata(ref reader, change);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadRest(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, string? field, scoped ReadOnlySpan<byte> name, ChangeScratch change)
    {
        if (name.SequenceEqual("conversation_context"u8))
        {
            change.Summary = ContactParser.ReadSummary(ref reader);
        }
        else if (field == "standby" && name.SequenceEqual("standby"u8) && reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth < 2)
        {
            // The one field whose arrays stand one level deeper.
            Read(ref reader, utf8, field, change);
        }
        else if (field == "history" && name.SequenceEqual("history"u8) && reader.TokenType == JsonTokenType.StartArray)
        {
            while (JsonText.NextElement(ref reader))
            {
                ReadHistory(ref reader, utf8, change);
            }
        }
        else
        {
            ReadUnknown(ref reader, utf8, field, change);
        }
    }

    /// <summary>Keeps what is not known beside what is, as an event of its own; scalars and what is empty are skipped.</summary>
    private static void ReadUnknown(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, string? field, ChangeScratch change)
    {
        if (!HoldsAnything(ref reader))
        {
            reader.Skip();
        }
        else if (field is null)
        {
            // Most of it will be known once the field is: the value is read again then.
            change.NeedsField = true;
            reader.Skip();
        }
        else if (change.Budget.Take())
        {
            ReadElement(ref reader, utf8, field, EventLane.Account, contact: null, change);
        }
        else
        {
            reader.Skip();
        }
    }

    private static bool HoldsAnything(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return false;
        }

        var ahead = reader;
        return ahead.Read() && ahead.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray);
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, ChangeScratch change)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return;
        }

        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("phone_number_id"u8))
            {
                change.Number = PhoneNumberId.TryParse(Utf8Interner.Read(ref reader), out var number) ? number : null;
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadContacts(ref Utf8JsonReader reader, ChangeScratch change)
    {
        while (JsonText.NextElement(ref reader))
        {
            if (reader.TokenType == JsonTokenType.StartObject && change.TakesContact())
            {
                change.Contacts.Add(ContactParser.Parse(ref reader));
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadElements(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, string? field, EventLane lane, Contact? thread, ChangeScratch change)
    {
        var index = 0;
        while (JsonText.NextElement(ref reader))
        {
            if (!change.Budget.Take())
            {
                reader.Skip();
                continue;
            }

            var contact = lane == EventLane.Live ? change.ContactAt(index++) : thread;
            ReadElement(ref reader, utf8, field ?? WebhookFields.Messages, lane, contact, change);
            if (thread is not null && change.Events[^1] is CustomerEvent read)
            {
                read.SetContact(thread);
            }
        }
    }

    private static void ReadElement(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, string field, EventLane lane, Contact? contact, ChangeScratch change)
    {
        var start = (int)reader.TokenStartIndex;
        var read = EventParser.Parse(field, lane, utf8, ref reader, contact);
        read.SetPlace(field, EventParser.LaneOf(read, lane));
        read.CopySlice(utf8, start, (int)reader.BytesConsumed);
        change.Events.Add(read);
    }

    private static void ReadHistory(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, ChangeScratch change)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            ReadUnknown(ref reader, utf8, "history", change);
            return;
        }

        while (JsonText.NextProperty(ref reader, out var name))
        {
            var isArray = reader.TokenType == JsonTokenType.StartArray;
            if (isArray && name.SequenceEqual("threads"u8))
            {
                while (JsonText.NextElement(ref reader))
                {
                    ReadThread(ref reader, utf8, change);
                }
            }
            else if (name.SequenceEqual("metadata"u8) && reader.TokenType == JsonTokenType.StartObject && change.Budget.Take())
            {
                ReadElement(ref reader, utf8, "history", EventLane.Account, contact: null, change);
            }
            else if (isArray && name.SequenceEqual("errors"u8))
            {
                ReadElements(ref reader, utf8, "history", EventLane.Account, thread: null, change);
            }
            else
            {
                ReadUnknown(ref reader, utf8, "history", change);
            }
        }
    }

    private static void ReadThread(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, ChangeScratch change)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            ReadUnknown(ref reader, utf8, "history", change);
            return;
        }

        // The thread's customer may stand behind its messages.
        var ahead = reader;
        var contact = FindCustomer(ref ahead);
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (reader.TokenType == JsonTokenType.StartArray && name.SequenceEqual("messages"u8))
            {
                ReadElements(ref reader, utf8, "history", EventLane.History, contact, change);
            }
            else if (name.SequenceEqual("context"u8))
            {
                reader.Skip();
            }
            else
            {
                ReadUnknown(ref reader, utf8, "history", change);
            }
        }
    }

    private static Contact? FindCustomer(ref Utf8JsonReader reader)
    {
        Contact? contact = null;
        CustomerId? id = null;
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("id"u8))
            {
                id = ContactParser.ReadCustomer(ref reader);
            }
            else if (name.SequenceEqual("context"u8) && reader.TokenType == JsonTokenType.StartObject)
            {
                contact = ContactParser.Parse(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        if (id is { } customer)
        {
            contact = (contact ?? new Contact()).Complete(customer);
        }

        return contact;
    }
}
