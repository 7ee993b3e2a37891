using System.Text.Json;

namespace WhatsSession;

/// <summary>One pass over one payload: entries, changes, and the elements of their values.</summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> utf8, ICollection<WhatsAppEvent> events, ChangeScratch scratch)
{
    private const string MessagesField = "messages";

    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private readonly ICollection<WhatsAppEvent> _events = events;
    private readonly ChangeScratch _change = scratch;
    private Utf8JsonReader _reader = new(utf8, JsonText.Options);
    private BusinessAccountId? _account;

    public void Read()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            AddUnknown("", start: 0);
            _reader.Read(); // Anything behind the value is refused here.
            return;
        }

        var before = _events.Count;
        while (JsonText.NextProperty(ref _reader, out var name))
        {
            if (name.SequenceEqual("entry"u8) && JsonText.EntersArray(ref _reader))
            {
                while (JsonText.NextElement(ref _reader))
                {
                    ReadEntry();
                }
            }
            else
            {
                _reader.Skip();
            }
        }

        _reader.Read(); // Anything behind the object is refused here.
        if (_events.Count == before)
        {
            // An object of another kind, or one without changes: kept whole.
            AddUnknown("", start: 0);
        }
    }

    private void ReadEntry()
    {
        var start = (int)_reader.TokenStartIndex;
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            AddUnknown("", start);
            return;
        }

        _account = null;
        var knowsAccount = false;
        while (JsonText.NextProperty(ref _reader, out var name))
        {
            if (name.SequenceEqual("id"u8))
            {
                _account = ReadAccount(ref _reader);
                knowsAccount = true;
            }
            else if (name.SequenceEqual("changes"u8) && JsonText.EntersArray(ref _reader))
            {
                // The id comes first in every payload that Meta shows; only where it does not is the entry read twice.
                _account = knowsAccount ? _account : FindAccount(_reader);
                while (JsonText.NextElement(ref _reader))
                {
                    ReadChange();
                }
            }
            else
            {
                _reader.Skip();
            }
        }
    }

    /// <summary>Looks for the id behind the changes, whose array the reader has entered.</summary>
    private static BusinessAccountId? FindAccount(Utf8JsonReader ahead)
    {
        while (JsonText.NextElement(ref ahead))
        {
            ahead.Skip();
        }

        while (JsonText.NextProperty(ref ahead, out var name))
        {
            if (name.SequenceEqual("id"u8))
            {
                return ReadAccount(ref ahead);
            }

            ahead.Skip();
        }

        return null;
    }

    private static BusinessAccountId? ReadAccount(ref Utf8JsonReader reader) =>
        BusinessAccountId.TryParse(JsonText.ReadInterned(ref reader), out var account) ? account : null;

    private void ReadChange()
    {
        var start = (int)_reader.TokenStartIndex;
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            AddUnknown("", start);
            return;
        }

        _change.Clear();
        var valueStart = start;
        var valueEnd = start;
        while (JsonText.NextProperty(ref _reader, out var name))
        {
            if (name.SequenceEqual("field"u8))
            {
                _change.Field = JsonText.ReadInterned(ref _reader);
            }
            else if (name.SequenceEqual("value"u8))
            {
                valueStart = (int)_reader.TokenStartIndex;
                ReadValue();
                valueEnd = (int)_reader.BytesConsumed;
            }
            else
            {
                _reader.Skip();
            }
        }

        // The field decides, not which array is present: history and standby carry arrays of messages too.
        if (_change.Field is null or MessagesField && _change.Events.Count > 0)
        {
            Publish();
            return;
        }

        AddUnknown(_change.Field ?? "", valueEnd > valueStart ? _utf8[valueStart..valueEnd] : _utf8[start..(int)_reader.BytesConsumed]);
    }

    private void ReadValue()
    {
        if (_change.Field is not (null or MessagesField) || _reader.TokenType != JsonTokenType.StartObject)
        {
            FindNumber();
            return;
        }

        while (JsonText.NextProperty(ref _reader, out var name))
        {
            if (name.SequenceEqual("metadata"u8))
            {
                ReadMetadata();
            }
            else if (name.SequenceEqual("messages"u8) && JsonText.EntersArray(ref _reader))
            {
                ReadMessages();
            }
            else if (name.SequenceEqual("statuses"u8) && JsonText.EntersArray(ref _reader))
            {
                ReadStatuses();
            }
            else if (name.SequenceEqual("contacts"u8) && JsonText.EntersArray(ref _reader))
            {
                ReadContacts();
            }
            else if (name.SequenceEqual("errors"u8) && JsonText.EntersArray(ref _reader))
            {
                while (JsonText.NextElement(ref _reader))
                {
                    AddToChange(Skipped("errors"));
                }
            }
            else
            {
                _reader.Skip();
            }
        }
    }

    /// <summary>Skips the value of a field that is not read further, but for the number it belongs to.</summary>
    private void FindNumber()
    {
        if (!JsonText.EntersObject(ref _reader))
        {
            return;
        }

        while (JsonText.NextProperty(ref _reader, out var name))
        {
            if (name.SequenceEqual("metadata"u8))
            {
                ReadMetadata();
            }
            else
            {
                _reader.Skip();
            }
        }
    }

    private void ReadMetadata()
    {
        if (!JsonText.EntersObject(ref _reader))
        {
            return;
        }

        while (JsonText.NextProperty(ref _reader, out var name))
        {
            if (name.SequenceEqual("phone_number_id"u8))
            {
                _change.Number = PhoneNumberId.TryParse(JsonText.ReadInterned(ref _reader), out var number) ? number : null;
            }
            else
            {
                _reader.Skip();
            }
        }
    }

    private void ReadMessages()
    {
        var index = 0;
        while (JsonText.NextElement(ref _reader))
        {
            var start = (int)_reader.TokenStartIndex;
            if (_reader.TokenType != JsonTokenType.StartObject)
            {
                AddToChange(Skipped(MessagesField));
                continue;
            }

            var message = MessageParser.Parse(ref _reader, _change.ContactAt(index++));
            message.Field = MessagesField;
            message.Raw = SliceFrom(start);
            AddToChange(message);
        }
    }

    private void ReadStatuses()
    {
        while (JsonText.NextElement(ref _reader))
        {
            var start = (int)_reader.TokenStartIndex;
            if (_reader.TokenType != JsonTokenType.StartObject)
            {
                AddToChange(Skipped("statuses"));
                continue;
            }

            var status = StatusParser.Parse(ref _reader, out var participant);
            status.Field = MessagesField;
            status.Raw = SliceFrom(start);
            AddToChange(status, participant);
        }
    }

    private void ReadContacts()
    {
        while (JsonText.NextElement(ref _reader))
        {
            if (_reader.TokenType == JsonTokenType.StartObject)
            {
                _change.Contacts.Add(ContactParser.Parse(ref _reader));
            }
            else
            {
                _reader.Skip();
            }
        }
    }

    private void Publish()
    {
        var owner = _change.Number?.Value ?? _account?.Value ?? "";
        for (var i = 0; i < _change.Events.Count; i++)
        {
            var read = _change.Events[i];
            read.Account = _account;
            read.Number = _change.Number;
            if (read is MessageReceived message)
            {
                message.Contact = ContactOf(message);
            }

            read.Key = KeyOf(read, owner, _change.Participants[i]);
            _events.Add(read);
        }
    }

    private static EventKey KeyOf(WhatsAppEvent read, string owner, string participant) => read switch
    {
        MessageReceived { MessageId.Value: { Length: > 0 } id } => EventKey.Of(owner, read.Lane, id),
        DeliveryUpdated { MessageId.Value: { Length: > 0 } id } status =>
            EventKey.Of(owner, read.Lane, id, participant.Length == 0 ? status.Status.Name : $"{status.Status.Name}|{participant}"),
        _ => EventKey.OfContent(owner, read.Lane, read.Field, read.Raw.Span),
    };

    /// <summary>The contact of the message's own customer, by user id and then by phone; never by position.</summary>
    private readonly Contact? ContactOf(MessageReceived message)
    {
        foreach (var contact in _change.Contacts)
        {
            if (contact.BusinessScopedId is { } id && id == message.BusinessScopedId)
            {
                return contact;
            }
        }

        foreach (var contact in _change.Contacts)
        {
            if (contact.Phone is { } phone && phone == message.Phone && (contact.BusinessScopedId is null || message.BusinessScopedId is null))
            {
                return contact;
            }
        }

        return null;
    }

    private readonly void AddToChange(WhatsAppEvent read, string participant = "")
    {
        _change.Events.Add(read);
        _change.Participants.Add(participant);
    }

    /// <summary>An element that is not of the shape its array should have.</summary>
    private UnknownEvent Skipped(string field)
    {
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        return new UnknownEvent { Lane = EventLane.Account, Field = field, Timestamp = NodaTime.NodaConstants.UnixEpoch, Raw = SliceFrom(start) };
    }

    private void AddUnknown(string field, int start)
    {
        _reader.Skip();
        AddUnknown(field, _utf8[start..(int)_reader.BytesConsumed]);
    }

    private readonly void AddUnknown(string field, ReadOnlySpan<byte> slice)
    {
        var owner = _change.Number?.Value ?? _account?.Value ?? "";
        _events.Add(new UnknownEvent
        {
            Lane = EventLane.Account,
            Field = field,
            Account = _account,
            Number = _change.Number,
            Timestamp = NodaTime.NodaConstants.UnixEpoch,
            Raw = slice.ToArray(),
            Key = EventKey.OfContent(owner, EventLane.Account, field, slice),
        });
    }

    private readonly byte[] SliceFrom(int start) => _utf8[start..(int)_reader.BytesConsumed].ToArray();
}
