using WhatsSession.Emulator.Http;

namespace WhatsSession.Emulator.Customers;

/// <summary>A person with WhatsApp, as Meta knows them. Thread safe.</summary>
internal sealed class Person
{
    private Dictionary<string, Pair>? _pairs;
    private volatile CustomerProfile _profile;
    private volatile string _phone;
    private volatile string _userId;
    private volatile bool _isUnreachable;
    private volatile bool _hasLeft;
    private byte[]? _contact;
    private byte[]? _contactWithUsername;

    /// <param name="phone">The digits.</param>
    /// <param name="givenUserId">The user id that goes with the number, unless the profile has one.</param>
    /// <param name="profile">What businesses see.</param>
    public Person(string phone, string givenUserId, CustomerProfile profile)
    {
        _profile = profile;
        _phone = phone;
        GivenUserId = givenUserId;
        _userId = profile.UserId ?? givenUserId;
    }

    public string Phone => _phone;

    public string Name => _profile.Name ?? "Customer " + Phone[^4..];

    public string? Username => _profile.Username;

    public string UserId => _userId;

    /// <summary>The user id that goes with the number.</summary>
    public string GivenUserId { get; private set; }

    public bool HidesPhone => _profile.HidesPhone;

    public Handset Handset { get; } = new();

    public bool IsReachable
    {
        get => !_isUnreachable;
        set => _isUnreachable = !value;
    }

    public CustomerProfile Profile
    {
        get => _profile;
        set
        {
            _profile = value;
            _userId = value.UserId ?? GivenUserId;
            Volatile.Write(ref _contact, null);
            Volatile.Write(ref _contactWithUsername, null);
        }
    }

    public void Rename(string phone, string givenUserId, CustomerProfile profile)
    {
        _phone = phone;
        GivenUserId = givenUserId;
        Profile = profile;
    }

    /// <summary>The number is given up: nothing reaches them, and they do nothing any more.</summary>
    public void Leave()
    {
        _hasLeft = true;
        IsReachable = false;
    }

    /// <exception cref="InvalidOperationException">They gave the number up: whoever has it now is somebody else.</exception>
    public void ThrowIfLeft()
    {
        if (_hasLeft)
        {
            throw new InvalidOperationException($"{this} has left WhatsApp and does nothing any more: whoever has the number now is another customer.");
        }
    }

    public Pair With(EmulatedNumber number)
    {
        lock (Handset)
        {
            _pairs ??= new(1, StringComparer.Ordinal);
            if (!_pairs.TryGetValue(number.Id, out var pair))
            {
                _pairs[number.Id] = pair = new();
            }

            return pair;
        }
    }

    /// <returns>What holds with a number; null when nothing does yet.</returns>
    public Pair? FindPair(EmulatedNumber number)
    {
        lock (Handset)
        {
            return _pairs?.GetValueOrDefault(number.Id);
        }
    }

    /// <returns>The person as an element of <c>contacts</c>; rendered once for as long as the profile stays.</returns>
    public byte[] Contact(bool withUsername)
    {
        ref var cached = ref withUsername ? ref _contactWithUsername : ref _contact;
        if (Volatile.Read(ref cached) is { } contact)
        {
            return contact;
        }

        var profile = _profile;
        contact = RenderContact(withUsername);
        if (profile == _profile)
        {
            Volatile.Write(ref cached, contact);
        }

        return contact;
    }

    /// <summary>Names the person without personal data.</summary>
    public override string ToString() => "customer …" + Phone[^2..];

    private byte[] RenderContact(bool withUsername) => WireJson.Fragment((person: this, withUsername), static (json, s) =>
    {
        var (person, withUsername) = s;
        json.WriteStartObject();
        json.WriteStartObject("profile");
        json.WriteString("name", person.Name);
        if (withUsername && person.Username is { } username)
        {
            json.WriteString("username", username);
        }

        json.WriteEndObject();
        if (!person.HidesPhone)
        {
            json.WriteString("wa_id", person.Phone);
        }

        json.WriteString("user_id", person.UserId);
        json.WriteEndObject();
    });
}
