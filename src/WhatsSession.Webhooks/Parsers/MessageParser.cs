using System.Text;
using System.Text.Json;
using NodaTime;
using WhatsSession.Shared;

namespace WhatsSession.Parsers;

/// <summary>Reads one element of <c>messages</c>. Keys may come in any order, so the content is gathered first and the event made at the end.</summary>
internal struct MessageParser
{
    private string? _id;
    private Contact? _contact;
    private CustomerId? _phone;
    private CustomerId? _businessScopedId;
    private string? _groupId;
    private CustomerEventKind _kind;
    private Instant _timestamp;
    private MessageContext? _context;
    private SlicedText _text;
    private ReceivedMedium _medium;
    private ReceivedReply _reply;
    private CustomerId? _parentBusinessScopedId;
    private Referral? _referral;
    private IReadOnlyList<GraphError> _errors;
    private CustomerIdentity? _identity;
    private MessageReceived? _content;
    private string? _contentName;
    private bool _isEdited;

    /// <summary>Reads the object that the reader stands on, and leaves it on its end.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="contact">Probably the same customer: where it is, its identifiers are shared. Null when there is none.</param>
    public static MessageReceived Parse(ref Utf8JsonReader reader, Contact? contact) => Parse(ref reader, contact, isEdited: false);

    /// <summary>As <see cref="Parse(ref Utf8JsonReader, Contact?)"/>, for the message inside an edit: an edit inside that is not followed, or a hostile payload could nest them without end.</summary>
    public static MessageReceived ParseEdited(ref Utf8JsonReader reader) => Parse(ref reader, contact: null, isEdited: true);

    private static MessageReceived Parse(ref Utf8JsonReader reader, Contact? contact, bool isEdited)
    {
        var parser = default(MessageParser);
        parser._contact = contact;
        parser._isEdited = isEdited;
        parser._timestamp = NodaConstants.UnixEpoch;
        parser._errors = [];
        while (JsonText.NextProperty(ref reader, out var name))
        {
            parser.ParseProperty(ref reader, name);
        }

        return parser.Make();
    }

    private void ParseProperty(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("from"u8))
        {
            _phone = ContactParser.ReadCustomer(ref reader, _contact?.Phone);
        }
        else if (name.SequenceEqual("from_user_id"u8))
        {
            _businessScopedId = ContactParser.ReadCustomer(ref reader, _contact?.BusinessScopedId);
        }
        else if (name.SequenceEqual("id"u8))
        {
            _id = JsonText.ReadId(ref reader);
        }
        else if (name.SequenceEqual("timestamp"u8))
        {
            _timestamp = Timestamps.Read(ref reader);
        }
        else if (name.SequenceEqual("type"u8))
        {
            _kind = new CustomerEventKind(Utf8Interner.Read(ref reader) ?? "");
        }
        else if (name.SequenceEqual("text"u8))
        {
            ParseText(ref reader);
        }
        else if (name.SequenceEqual("context"u8))
        {
            ParseContext(ref reader);
        }
        else if (name.SequenceEqual("group_id"u8))
        {
            _groupId = JsonText.ReadId(ref reader);
        }
        else if (name.SequenceEqual("image"u8) || name.SequenceEqual("video"u8) || name.SequenceEqual("audio"u8) || name.SequenceEqual("document"u8) || name.SequenceEqual("sticker"u8))
        {
            ParseMedium(ref reader);
        }
        else if (name.SequenceEqual("button"u8))
        {
            ParseReply(ref reader);
        }
        else if (name.SequenceEqual("interactive"u8))
        {
            ParseInteractive(ref reader);
        }
        else
        {
            ParseRare(ref reader, name);
        }
    }

    private void ParseRare(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var length = name.Length <= room.Length ? Encoding.UTF8.GetChars(name, room) : 0;
        switch (room[..length])
        {
            case "from_parent_user_id":
                _parentBusinessScopedId = ContactParser.ReadCustomer(ref reader, _contact?.ParentBusinessScopedId);
                break;
            case "referral":
                _referral = ReferralParser.Referral(ref reader);
                break;
            case "errors":
                _errors = GraphErrorReader.ReadAll(ref reader, _errors);
                break;
            case "identity":
                _identity = MessageContentParser.Identity(ref reader);
                break;
            case "location":
                Keep("location", MessageContentParser.Location(ref reader));
                break;
            case "contacts":
                Keep("contacts", ContactCardParser.Parse(ref reader));
                break;
            case "reaction":
                Keep("reaction", MessageContentParser.Reaction(ref reader));
                break;
            case "order":
                Keep("order", MessageContentParser.Order(ref reader));
                break;
            case "system":
                Keep("system", MessageContentParser.System(ref reader));
                break;
            case "edit" when !_isEdited:
                Keep("edit", MessageContentParser.Edit(ref reader));
                break;
            case "revoke":
                Keep("revoke", MessageContentParser.Revoke(ref reader));
                break;
            case "unsupported":
                Keep("unsupported", MessageContentParser.Unsupported(ref reader));
                break;
            default:
                reader.Skip();
                break;
        }
    }

    /// <summary>Keeps what the message may turn out to be, once its type is known.</summary>
    private void Keep(string name, MessageReceived? content)
    {
        // The type is known first in most payloads; then what does not belong to it is left out at once.
        if (_contentName is null || _contentName != (_reply.Kind ?? _kind.Name))
        {
            _content = content;
            _contentName = name;
        }
    }

    private readonly MessageReceived Make()
    {
        var message = MakeContent();
        message.Lane = EventLane.Live;
        message.Kind = _kind;
        message.Timestamp = _timestamp;
        message.Context = _context;
        message.Phone = _phone;
        message.BusinessScopedId = _businessScopedId;
        message.ParentBusinessScopedId = _parentBusinessScopedId;
        message.Referral = _referral;
        message.Errors = _errors;
        message.MessageId = MessageId.TryParse(_id, out var id) ? id : default;
        message.Group = GroupId.TryParse(_groupId, out var group) ? group : null;
        return message;
    }

    private readonly MessageReceived MakeContent() => _kind.Name switch
    {
        "text" when _text.IsPresent => new TextReceived { SlicedText = _text },
        "image" when IsMedium => _medium.Fill(new ImageReceived()),
        "video" when IsMedium => _medium.Fill(new VideoReceived()),
        "audio" when IsMedium => _medium.Fill(new AudioReceived { IsVoice = _medium.IsVoice }),
        "document" when IsMedium => _medium.Fill(new DocumentReceived { FileName = _medium.FileName }),
        "sticker" when IsMedium => _medium.Fill(new StickerReceived { IsAnimated = _medium.IsAnimated }),
        "button" when _reply.IsPresent => new ButtonReplied { ButtonId = _reply.Payload ?? "", Title = _reply.Text ?? "", IsTemplateButton = true },
        "interactive" when _reply is { IsPresent: true, Kind: "button_reply" } => new ButtonReplied { ButtonId = _reply.Id ?? "", Title = _reply.Title ?? "" },
        "interactive" when _reply is { IsPresent: true, Kind: "list_reply" } => new ListReplied { RowId = _reply.Id ?? "", Title = _reply.Title ?? "", Description = _reply.Description },
        "interactive" when _content is not null && _contentName == _reply.Kind => _content,
        "system" when _content is SystemReceived notice => WithIdentity(notice),
        "unsupported" or "unknown" => _content as UnsupportedReceived ?? new UnsupportedReceived(),
        "request_welcome" => new WelcomeRequested(),
        "media_placeholder" => new MediaPlaceholderReceived(),
        _ when _content is not null && _contentName == _kind.Name => _content,
        _ => new UnknownMessage(),
    };

    // Meta may leave out a medium that it could not keep, and say why.
    private readonly bool IsMedium => _medium.IsPresent || _errors.Count > 0;

    private readonly SystemReceived WithIdentity(SystemReceived notice)
    {
        notice.Identity ??= _identity;
        return notice;
    }

    /// <summary>Reads the id of a message; null when it is none.</summary>
    public static MessageId? ReadMessageId(ref Utf8JsonReader reader) => MessageId.TryParse(JsonText.ReadId(ref reader), out var id) ? id : null;

    private void ParseText(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return;
        }

        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("body"u8))
            {
                _text = SlicedText.Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ParseContext(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return;
        }

        _context = new MessageContext();
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("id"u8))
            {
                _context.MessageId = ReadMessageId(ref reader);
            }
            else if (name.SequenceEqual("from"u8))
            {
                _context.From = ContactParser.ReadCustomer(ref reader);
            }
            else if (name.SequenceEqual("referred_product"u8))
            {
                _context.ReferredProduct = ReferralParser.Product(ref reader);
            }
            else if (name.SequenceEqual("forwarded"u8))
            {
                _context.IsForwarded |= JsonText.ReadBoolean(ref reader);
            }
            else if (name.SequenceEqual("frequently_forwarded"u8))
            {
                _context.IsFrequentlyForwarded = JsonText.ReadBoolean(ref reader);
                _context.IsForwarded |= _context.IsFrequentlyForwarded;
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ParseMedium(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return;
        }

        _medium = new ReceivedMedium { IsPresent = true };
        while (JsonText.NextProperty(ref reader, out var name))
        {
            _medium.ParseProperty(ref reader, name);
        }
    }

    private void ParseReply(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return;
        }

        _reply = new ReceivedReply { IsPresent = true, Kind = _reply.Kind };
        while (JsonText.NextProperty(ref reader, out var name))
        {
            _reply.ParseProperty(ref reader, name);
        }
    }

    private void ParseInteractive(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return;
        }

        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("type"u8))
            {
                _reply.Kind = Utf8Interner.Read(ref reader);
            }
            else if (name.SequenceEqual("button_reply"u8) || name.SequenceEqual("list_reply"u8))
            {
                ParseReply(ref reader);
            }
            else if (name.SequenceEqual("nfm_reply"u8))
            {
                Keep("nfm_reply", MessageContentParser.FormReply(ref reader));
            }
            else if (name.SequenceEqual("call_permission_reply"u8))
            {
                Keep("call_permission_reply", MessageContentParser.CallPermissionReply(ref reader));
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
