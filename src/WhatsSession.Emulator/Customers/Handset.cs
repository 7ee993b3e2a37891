using System.Threading.Channels;

namespace WhatsSession.Emulator.Customers;

/// <summary>What a person's phone holds: the messages both ways, and those that wait until it is on. Thread safe.</summary>
internal sealed class Handset
{
    private readonly List<object> _chat = [];
    private List<OutboundMessage>? _waiting;
    private Channel<ReceivedMessage>? _untaken;
    private bool _isOff;

    /// <summary>Messages both ways, in order.</summary>
    public IReadOnlyList<object> Chat
    {
        get
        {
            lock (_chat)
            {
                return [.. _chat];
            }
        }
    }

    /// <summary>The messages of businesses, in order.</summary>
    public IReadOnlyList<OutboundMessage> Arrived
    {
        get
        {
            lock (_chat)
            {
                return [.. _chat.OfType<OutboundMessage>()];
            }
        }
    }

    /// <summary>The arrived messages that nobody has taken yet.</summary>
    public ChannelReader<ReceivedMessage> Untaken => UntakenChannel.Reader;

    public bool IsOn
    {
        get
        {
            lock (_chat)
            {
                return !_isOff;
            }
        }
    }

    private Channel<ReceivedMessage> UntakenChannel
    {
        get
        {
            lock (_chat)
            {
                return _untaken ??= Channel.CreateUnbounded<ReceivedMessage>();
            }
        }
    }

    public void TurnOff()
    {
        lock (_chat)
        {
            _isOff = true;
        }
    }

    /// <returns>The messages that waited; they are to be delivered now.</returns>
    public IReadOnlyList<OutboundMessage> TurnOn()
    {
        lock (_chat)
        {
            _isOff = false;
            var waiting = _waiting;
            _waiting = null;
            return waiting ?? [];
        }
    }

    /// <returns>Whether the phone is off: then the message waits for it.</returns>
    public bool Waits(OutboundMessage message)
    {
        lock (_chat)
        {
            if (_isOff)
            {
                (_waiting ??= []).Add(message);
            }

            return _isOff;
        }
    }

    public void Wrote(InboundMessage message)
    {
        lock (_chat)
        {
            _chat.Add(message);
        }
    }

    public void Receive(OutboundMessage message, DateTimeOffset at)
    {
        message.Arrival = message.Arrived(at);
        lock (_chat)
        {
            _chat.Add(message);
        }

        UntakenChannel.Writer.TryWrite(message.Arrival);
    }

    /// <summary>The business read a message, and with it all before it; in a group that message alone.</summary>
    /// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/changelog, 14 May 2026, for groups.</remarks>
    public void MarkRead(InboundMessage message)
    {
        if (message.Group is not null)
        {
            message.Read = true;
            return;
        }

        lock (_chat)
        {
            var earlier = _chat.Take(_chat.IndexOf(message) + 1).OfType<InboundMessage>();
            foreach (var read in earlier.Where(m => m.Number == message.Number && m.Group is null))
            {
                read.Read = true;
            }
        }
    }
}
