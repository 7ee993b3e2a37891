using System.Globalization;
using System.Text.Json;
using NodaTime;
using WhatsSession.Events;
using WhatsSession.Shared;
using WhatsSession.Wire;

namespace WhatsSession.Reading;

/// <summary>
/// One pass over one payload: entries, changes, and the elements of their values. The value of a field other than <c>messages</c> is read a second time,
/// once the field is known.
/// </summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> utf8, ICollection<WhatsAppEvent> events, ChangeScratch scratch)
{
    private const int NoValue = -1;

    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private readonly ICollection<WhatsAppEvent> _events = events;
    private readonly ChangeScratch _change = scratch;
    private Utf8JsonReader _reader = new(utf8, JsonText.Options);
    private BusinessAccountId? _account;
    private Instant? _time;
    private Utf8JsonReader _changes;
    private bool _looked = true;
    private bool _isReadInPlace;
    private bool _isForeign;
    private bool _isIncomplete;
    private int _valueStart = NoValue;

    public void Read()
    {
        try
        {
            ReadPayload();
        }
        catch (JsonException)
        {
            PublishWhole();
            throw;
        }
    }

    private void ReadPayload()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            AddUnknown(start: 0);
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
                _isForeign |= name.SequenceEqual("object"u8)
                    && _reader.TokenType == JsonTokenType.String
                    && !_reader.ValueSpan.SequenceEqual("whatsapp_business_account"u8);
                _reader.Skip();
            }
        }

        var end = (int)_reader.BytesConsumed;
        _reader.Read(); // Anything behind the object is refused here.
        if ((_events.Count == before || _isIncomplete) && !_change.Budget.IsFull)
        {
            // An object of another kind, or one without entries: kept whole.
            _change.Clear();
            AddUnknown("", _utf8[..end]);
        }
    }

    private void ReadEntry()
    {
        var start = (int)_reader.TokenStartIndex;
        _change.Clear();
        _account = null;
        _time = null;
        _looked = true;
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            AddUnknown(start);
            return;
        }

        var before = _events.Count;
        var hasChanges = false;
        while (JsonText.NextProperty(ref _reader, out var name))
        {
            if (name.SequenceEqual("changes"u8) && JsonText.EntersArray(ref _reader))
            {
                // The id comes first in every payload that Meta shows; only where it does not is the entry read twice.
                if (!hasChanges)
                {
                    hasChanges = true;
                    _changes = _reader;
                    _looked = false;
                }

                if (_account is null)
                {
                    FindEnvelope();
                }

                while (JsonText.NextElement(ref _reader))
                {
                    ReadChange();
                }
            }
            else
            {
                ReadEnvelope(ref _reader, name);
            }
        }

        if (_events.Count == before && _isForeign)
        {
            _isIncomplete = true;
        }
        else if (_events.Count == before && !_change.Budget.IsFull)
        {
            _change.Clear();
            AddUnknown("", _utf8[start..(int)_reader.BytesConsumed]);
        }
    }

    /// <summary>
    /// Reads what an entry says of itself behind its changes; once, or a payload of nothing but arrays of changes would cost its size squared.
    /// </summary>
    private void FindEnvelope()
    {
        if (_looked)
        {
            return;
        }

        _looked = true;
        try
        {
            var ahead = _changes;
            while (JsonText.NextElement(ref ahead))
            {
                ahead.Skip();
            }

            while (JsonText.NextProperty(ref ahead, out var name))
            {
                ReadEnvelope(ref ahead, name);
            }
        }
        catch (JsonException)
        {
            // Broken further on, which is said once it is reached. What stands before that is not lost for it.
        }
    }

    private void ReadEnvelope(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("id"u8))
        {
            _account = BusinessAccountId.TryParse(Utf8Interner.Read(ref reader), out var account) ? account : null;
        }
        else if (name.SequenceEqual("time"u8))
        {
            _time = Timestamps.ReadOptional(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private void ReadChange()
    {
        var start = (int)_reader.TokenStartIndex;
        _change.Clear();
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            AddUnknown(start);
            return;
        }

        _isReadInPlace = true;
        _valueStart = NoValue;
        var value = start..start;
        while (JsonText.NextProperty(ref _reader, out var name))
        {
            if (name.SequenceEqual("field"u8))
            {
                _change.Field = Utf8Interner.Read(ref _reader);
            }
            else if (name.SequenceEqual("value"u8))
            {
                _valueStart = (int)_reader.TokenStartIndex;
                ReadValue();
                value = _valueStart..(int)_reader.BytesConsumed;
            }
            else
            {
                _reader.Skip();
            }
        }

        _valueStart = NoValue;
        var slice = _utf8[(value.End.Value > value.Start.Value ? value : start..(int)_reader.BytesConsumed)];
        ReadAgain(slice);
        if (_change.Events.Count > 0)
        {
            Publish();
        }
        else if (!_change.Budget.IsFull)
        {
            AddUnknown(_change.Field ?? "", slice);
        }
    }

    /// <summary>Reads the value where it stands, as if the field were <c>messages</c> while it is unknown.</summary>
    private void ReadValue()
    {
        _change.ClearValue();
        _change.Number = null;
        _isReadInPlace = WebhookFields.Of(_change.Field).Shape == FieldShape.Messages;
        if (_isReadInPlace)
        {
            ValueReader.Read(ref _reader, _utf8, _change.Field, _change);
        }
        else
        {
            ValueReader.FindNumber(ref _reader, _change);
        }
    }

    /// <summary>Reads the value once more, as the field wants it.</summary>
    private readonly void ReadAgain(ReadOnlySpan<byte> slice)
    {
        var shape = WebhookFields.Of(_change.Field).Shape;
        if (shape == FieldShape.Messages && _isReadInPlace && !_change.NeedsField)
        {
            return;
        }

        _change.Restart();
        if (shape != FieldShape.Value)
        {
            var reader = new Utf8JsonReader(slice, JsonText.Options);
            reader.Read();
            ValueReader.Read(ref reader, slice, _change.Field ?? WebhookFields.Messages, _change);
        }
    }

    /// <summary>
    /// Publishes of the change in which the payload breaks off the elements that are whole.
    /// Those whose field or number is not known wait in quarantine with the rest.
    /// </summary>
    private void PublishWhole()
    {
        if (_valueStart == NoValue || (_change.Field ?? BrokenChange.FieldBehind(_utf8[(int)_reader.BytesConsumed..])) is not { } field
            || WebhookFields.Of(field).Shape == FieldShape.Value)
        {
            return;
        }

        _change.Restart();
        _change.Number = null;
        var slice = _utf8[_valueStart..];
        var reader = new Utf8JsonReader(slice, JsonText.Options);
        try
        {
            reader.Read();
            ValueReader.Read(ref reader, slice, field, _change);
        }
        catch (JsonException)
        {
            // Here it broke off before.
        }

        if (_change.Number is not null)
        {
            Publish();
        }
    }

    private void Publish()
    {
        foreach (var read in _change.Events)
        {
            if (read is CustomerEvent { Contact: null } about)
            {
                var contact = _change.ContactOf(about);
                if (_change.Summary is { } summary && _change.Contacts.Count < 2)
                {
                    // It tells of one conversation, so it stands beside one customer.
                    contact ??= new Contact { Phone = about.Phone, BusinessScopedId = about.BusinessScopedId };
                    contact.SetConversationSummary(summary);
                }

                about.SetContact(contact);
            }

            Add(read);
        }
    }

    private void AddUnknown(int start)
    {
        _reader.Skip();
        AddUnknown("", _utf8[start..(int)_reader.BytesConsumed]);
    }

    /// <summary>Adds an event that is the whole of a slice: the value of a field that has no arrays, or what fits nowhere.</summary>
    private void AddUnknown(string field, ReadOnlySpan<byte> slice)
    {
        if (!_change.Budget.Take())
        {
            return;
        }

        var reader = new Utf8JsonReader(slice, JsonText.Options);
        reader.Read();
        var read = EventParser.Parse(field, EventLane.Account, slice, ref reader, contact: null);
        read.SetPlace(field, EventLane.Account);
        read.SetRaw(slice.ToArray());
        Add(read);
    }

    private void Add(WhatsAppEvent read)
    {
        read.SetOwner(_account, _change.Number ?? read.Number);
        if (read.Lane == EventLane.Account && read.Timestamp == NodaConstants.UnixEpoch)
        {
            if (_time is null)
            {
                FindEnvelope();
            }

            read.SetTimestamp(_time ?? NodaConstants.UnixEpoch);
        }

        var owner = read.Number?.Value ?? _account?.Value ?? "";
        var id = read.Id;
        read.SetKey(
            id.Value.Length > 0 ? EventKey.Of(owner, read.Lane, id.Value, id.Part) : EventKey.OfContent(owner, read.Lane, KeyField(read), read.Raw.Span));
        read.Pass();
        _events.Add(read);
    }

    // What is told again, as of a template that is paused a second time, may differ from the first only in the time of its entry. A redelivery has the same.
    private static string KeyField(WhatsAppEvent read) =>
        read.Lane == EventLane.Account && read.Timestamp != NodaConstants.UnixEpoch
            ? string.Create(CultureInfo.InvariantCulture, $"{read.Field}@{read.Timestamp.ToUnixTimeSeconds()}")
            : read.Field;
}
