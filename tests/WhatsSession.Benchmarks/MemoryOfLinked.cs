using System.Globalization;
using NodaTime;
using WhatsSession.Storage.InMemory;

namespace WhatsSession.Benchmarks;

/// <summary>
/// Row 7 of customers who are known by phone and user id: the memory of a conversation, and what a store keeps more when each message names both identifiers.
/// The texts of the identifiers are there before.
/// </summary>
internal sealed class MemoryOfLinked : BudgetRow
{
    private const int Count = 1_000_000;

    private static readonly Instant Start = Instant.FromUtc(2026, 11, 3, 12, 0);

    private readonly (ConversationKey User, CustomerId Phone)[] _customers = new (ConversationKey, CustomerId)[Count];

    public override string Number => "7b";

    public override string Name => "memory of one known by phone and user id, at 1M";

    public override string Floor => "its four times, its key and a reference";

    public override double TimeBudget => double.PositiveInfinity;

    public override long ByteBudget => 160;

    public override int OperationsPerRound => Count;

    public override ValueTask<string?> PrepareAsync()
    {
        var number = PhoneNumberId.Parse("314159265358979");
        for (var i = 0; i < Count; i++)
        {
            var phone = string.Create(CultureInfo.InvariantCulture, $"1555{i:D7}");
            _customers[i] = (new ConversationKey(number, CustomerId.Parse(LinkedCustomers.UserId(i))), CustomerId.Parse(phone));
        }

        return base.PrepareAsync();
    }

    public override async Task<Measurement> MeasureAsync()
    {
        var bytes = Measure(static customers =>
        {
            var windows = new InMemoryWindows(new InMemoryNumbers());
            foreach (var (user, _) in customers)
            {
                windows.Join(user, new ConversationState(Start, denied: null), Start + Duration.FromHours(23));
            }

            return Task.FromResult<object>(windows);
        });
        return new Measurement(0, 0, 0, 0, (await bytes + await IngestAsync(areLinked: true) - await IngestAsync(areLinked: false)) / Count, FloorBytes: 32);
    }

    public override ValueTask RunAsync(int operations) => default;

    public override ValueTask RunFloorAsync(int operations) => default;

    private Task<long> IngestAsync(bool areLinked) => Measure(async customers =>
    {
        var store = new InMemoryStore();
        await LinkedCustomers.IngestAsync(store, customers, Start, areLinked);
        return store;
    });

    private async Task<long> Measure(Func<(ConversationKey User, CustomerId Phone)[], Task<object>> make)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var kept = await make(_customers);
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(kept);
        return bytes;
    }
}
