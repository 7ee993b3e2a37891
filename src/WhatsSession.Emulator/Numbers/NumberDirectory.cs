using System.Collections.Concurrent;

namespace WhatsSession.Emulator.Numbers;

/// <summary>The business numbers that the emulator serves. Thread safe.</summary>
/// <param name="openAccount">Called with the account of each new number, before anyone finds the number.</param>
internal sealed class NumberDirectory(Action<string> openAccount)
{
    private readonly object _gate = new();
    private readonly ConcurrentDictionary<string, ThroughputMeter> _throughput = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _allowed = new(StringComparer.Ordinal);
    private volatile IReadOnlyList<EmulatedNumber> _all = [];

    public IReadOnlyList<EmulatedNumber> All => _all;

    public ThroughputMeter ThroughputOf(EmulatedNumber number) => _throughput[number.Id];

    /// <summary>The only phone numbers it may write to; none for everyone.</summary>
    public IReadOnlyList<string> AllowedBy(EmulatedNumber number) => _allowed[number.Id];

    /// <summary>Sets whom a number may write to.</summary>
    public void Allow(EmulatedNumber number) => _allowed[number.Id] = [.. number.AllowedRecipients.Select(static a => PhoneDigits.Find(a)!)];

    /// <returns>The number as it is kept.</returns>
    /// <exception cref="ArgumentException">Something in it is wrong, or it is there already.</exception>
    public EmulatedNumber Add(EmulatedNumber number)
    {
        lock (_gate)
        {
            number = NumberRules.Checked(number, _all);
            _throughput[number.Id] = new(number.MessagesPerSecond);
            Allow(number);
            openAccount(number.BusinessAccountId);
            _all = [.. _all, number];
            return number;
        }
    }

    /// <returns>Whether an id is that of a number or of an account.</returns>
    public bool Serves(string id) =>
        All.Any(n => string.Equals(n.Id, id, StringComparison.Ordinal) || string.Equals(n.BusinessAccountId, id, StringComparison.Ordinal));

    /// <returns>Whether a token is that of a number.</returns>
    public bool KnowsToken(string token) => All.Any(n => string.Equals(n.AccessToken, token, StringComparison.Ordinal));

    /// <exception cref="ArgumentException">The emulator does not serve that number.</exception>
    public EmulatedNumber Get(string id) =>
        All.FirstOrDefault(n => string.Equals(n.Id, id, StringComparison.Ordinal))
        ?? throw new ArgumentException(
            $"The emulator does not serve number '{id}'. It serves {Ids()}: use one of these, or add it with AddNumber.",
            nameof(id));

    /// <exception cref="InvalidOperationException">There are several.</exception>
    public EmulatedNumber Only() =>
        All.Count == 1 ? All[0] : throw new InvalidOperationException($"The emulator serves several numbers, {Ids()}: say which one with toNumber.");

    private string Ids() => string.Join(", ", All.Select(static n => n.Id));
}
