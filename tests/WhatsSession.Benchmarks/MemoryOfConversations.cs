using System.Globalization;
using NodaTime;
using WhatsSession.Storage.InMemory;

namespace WhatsSession.Benchmarks;

/// <summary>Row 7: the memory that stays for each of a million conversations with its timer, every other one by user id. Their identifiers' own texts are there before.</summary>
internal sealed class MemoryOfConversations : BudgetRow
{
    private const int Count = 1_000_000;

    private static readonly Instant Start = Instant.FromUtc(2026, 11, 3, 12, 0);

    private readonly ConversationKey[] _keys = new ConversationKey[Count];

    // Kept until it is measured.
    private InMemoryWindows? _windows;

    public override string Number => "7";

    public override string Name => "memory of a conversation at 1M";

    public override string Floor => "its four times, its key and a reference";

    public override double TimeBudget => double.PositiveInfinity;

    public override long ByteBudget => 72;

    public override int OperationsPerRound => Count;

    public override ValueTask<string?> PrepareAsync()
    {
        var number = PhoneNumberId.Parse("314159265358979");
        for (var i = 0; i < Count; i++)
        {
            _keys[i] = new ConversationKey(number, CustomerId.Parse(string.Create(CultureInfo.InvariantCulture, $"{(i % 2 == 0 ? "1" : "US.1")}555{i:D7}")));
        }

        return base.PrepareAsync();
    }

    public override async Task<Measurement> MeasureAsync()
    {
        await RunAsync(OperationsPerRound);
        _windows = null;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await RunAsync(OperationsPerRound);
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(_windows);
        return new Measurement(0, 0, 0, 0, bytes / Count, FloorBytes: 32);
    }

    public override ValueTask RunAsync(int operations)
    {
        _windows = new InMemoryWindows(new InMemoryNumbers());
        foreach (var key in _keys.AsSpan(0, operations))
        {
            _windows.Join(key, new ConversationState(Start, denied: null), Start + Duration.FromHours(23));
        }

        return default;
    }

    public override ValueTask RunFloorAsync(int operations) => default;
}
