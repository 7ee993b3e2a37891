using System.Text;
using System.Text.Json;
using NodaTime;
using WhatsSession.Shared;
using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>Reads one element of <c>messages</c>. Keys may come in any order, so the content is gathered first and the event made at the end.</summary>
internal ref struct MessageParser
{
    private ReadOnlySpan<byte> _utf8;
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
    /// <param name="utf8">What the reader reads, from its start.</param>
    /// <param name="reader">The reader.</param>
    /// <param name="contact">Probably the same customer: where it is, its identifiers are shared. Null when there is none.</param>
    public static MessageReceived Parse(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader, Contact? contact) =>
        Parse(utf8, ref reader, contact, isEdited: false);

    /// <summary>
    /// As <see cref="Parse(ReadOnlySpan{byte}, ref Utf8JsonReader, Contact?)"/>, for the message inside an edit:
    /// an edit inside that is not followed, or a hostile payload could nest them without end.
    /// </summary>
    public static MessageReceived ParseEdited(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader) => Parse(utf8, ref reader, contact: null, isEdited: true);

    private static MessageReceived Parse(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader, Contact? contact, bool isEdited)
    {
        var parser = default(MessageParser);
        parser._utf8 = utf8;
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
        else if (name.SequenceEqual("image"u8) || name.SequenceEqual("video"u8) || name.SequenceEqual("audio"u8) || name.SequenceEqual("document"u8)
            || name.SequenceEqual("sticker"u8))
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
                _referral = ReferralParser.Referral(ObjectReader.Read(_utf8, ref reader));
                break;
            case "errors":
                _errors = GraphErrorReader.ReadAll(ref reader, _errors);
                break;
            case "identity":
                _identity = MessageContentParser.Identity(_utf8, ref reader);
                break;
            case "location":
                Keep("location", MessageContentParser.Location(ObjectReader.Read(_utf8, ref reader)));
                break;
            case "contacts":
                Keep("contacts", ContactCardParser.Parse(_utf8, ref reader));
                break;
            case "reaction":
                Keep("reaction", MessageContentParser.Reaction(ObjectReader.Read(_utf8, ref reader)));
                break;
            case "order":
                Keep("order", MessageContentParser.Order(ObjectReader.Read(_utf8, ref reader)));
                break;
            case "system":
                Keep("system", MessageContentParser.System(ObjectReader.Read(_utf8, ref reader)));
                break;
            case "voice":
                ParseMedium(ref reader);
                break;
            case "template":
                Keep("template", MessageContentParser.Template(ObjectReader.Read(_utf8, ref reader)));
                break;
            case "edit" when !_isEdited:
                Keep("edit", MessageContentParser.Edit(_utf8, ref reader));
                break;
            case "revoke":
                Keep("revoke", MessageContentParser.Revoke(ObjectReader.Read(_utf8, ref reader)));
                break;
            case "unsupported":
                Keep("unsupported", MessageContentParser.Unsupported(ObjectReader.Read(_utf8, ref reader)));
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
        message.SetOrigin(MessageId.TryParse(_id, out var id) ? id : default, _timestamp);
        message.SetCustomer(_phone, _businessScopedId, _parentBusinessScopedId, GroupId.TryParse(_groupId, out var group) ? group : null);
        message.SetSurroundings(_kind, _context, _referral, _errors);
        return message;
    }

    private readonly MessageReceived MakeContent() => _kind.Name switch
    {
        "text" when _text.IsPresent => new TextReceived { SlicedText = _text },
        "image" when IsMedium => _medium.Fill(new ImageReceived()),
        "video" when IsMedium => _medium.Fill(new VideoReceived()),
        "audio" when IsMedium => _medium.Fill(new AudioReceived { IsVoice = _medium.IsVoice }),
        // The older name of a voice note.
        "voice" when IsMedium => _medium.Fill(new AudioReceived { IsVoice = true }),
        "document" when IsMedium => _medium.Fill(new DocumentReceived { FileName = _medium.FileName }),
        "sticker" when IsMedium => _medium.Fill(new StickerReceived { IsAnimated = _medium.IsAnimated }),
        "button" when _reply.IsPresent => new ButtonReplied { ButtonId = _reply.Payload ?? "", Title = _reply.Text ?? "", IsTemplateButton = true },
        "interactive" when _reply is { IsPresent: true, Kind: "button_reply" } => new ButtonReplied { ButtonId = _reply.Id ?? "", Title = _reply.Title ?? "" },
        "interactive" when _reply is { IsPresent: true, Kind: "list_reply" } =>
            new ListReplied { RowId = _reply.Id ?? "", Title = _reply.Title ?? "", Description = _reply.Description },
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
        notice.SetIdentity(_identity);
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

        MessageId? id = null;
        CustomerId? from = null;
        ReferredProduct? product = null;
        var (isForwarded, isFrequentlyForwarded) = (false, false);
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("id"u8))
            {
                id = ReadMessageId(ref reader);
            }
            else if (name.SequenceEqual("from"u8))
            {
                from = ContactParser.ReadCustomer(ref reader);
            }
            else if (name.SequenceEqual("referred_product"u8))
            {
                product = ReferralParser.Product(ObjectReader.Read(_utf8, ref reader));
            }
            else if (name.SequenceEqual("forwarded"u8))
            {
                isForwarded |= JsonText.ReadBoolean(ref reader);
            }
            else if (name.SequenceEqual("frequently_forwarded"u8))
            {
                isFrequentlyForwarded = JsonText.ReadBoolean(ref reader);
                isForwarded |= isFrequentlyForwarded;
            }
            else
            {
                reader.Skip();
            }
        }

        _context = new MessageContext
        {
            MessageId = id,
            From = from,
            ReferredProduct = product,
            IsForwarded = isForwarded,
            IsFrequentlyForwarded = isFrequentlyForwarded,
        };
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
                Keep("nfm_reply", MessageContentParser.FormReply(ObjectReader.Read(_utf8, ref reader)));
            }
            else if (name.SequenceEqual("call_permission_reply"u8))
            {
                Keep("call_permission_reply", MessageContentParser.CallPermissionReply(ObjectReader.Read(_utf8, ref reader)));
            }
            else if (name.SequenceEqual("payment_method"u8))
            {
                Keep("payment_method", MessageContentParser.PaymentMethod(ObjectReader.Read(_utf8, ref reader)));
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
