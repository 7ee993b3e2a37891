using System.Globalization;
using System.Numerics;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Benchmarks;

/// <summary>Row 8: a sweep over ten million conversations in memory, none of which is due.</summary>
internal sealed class SweepOfDeadlines : BudgetRow
{
    private const int Count = 10_000_000;

    private static readonly Instant Now = Instant.FromUtc(2026, 11, 3, 12, 0);

    private readonly AlertSweep _sweep = new(Now, new NothingPlanned(), Limit: 500);
    private readonly InMemoryStore _store = new();
    private readonly uint[] _deadlines = new uint[Count];
    private uint _latest;

    public override string Number => "8";

    public override string Name => "sweep of 10M deadlines, none due";

    public override string Floor => "a vectorised max over as many numbers of 32 bits";

    public override double TimeBudget => 3;

    public override long ByteBudget => 0;

    public override int OperationsPerRound => 1;

    public override TimeSpan WarmUp => TimeSpan.FromSeconds(2);

    public override TimeSpan Patience => TimeSpan.FromSeconds(3);

    public override ValueTask<string?> PrepareAsync()
    {
        var number = PhoneNumberId.Parse("314159265358979");
        var state = new ConversationState(Now, denied: null);
        for (var i = 0; i < Count; i++)
        {
            // In no order, as customers write.
            var second = (int)((i * 7919L) % 86_400);
            _deadlines[i] = (uint)second;
            var key = new ConversationKey(number, CustomerId.Parse(string.Create(CultureInfo.InvariantCulture, $"155{i:D8}")));
            _store.Windows.Join(key, state, Now + Duration.FromSeconds(second + 1));
        }

        return base.PrepareAsync();
    }

    public override async ValueTask RunAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            if (await _store.SweepAsync(_sweep) != 0)
            {
                throw new InvalidOperationException("Nothing is due.");
            }
        }
    }

    public override ValueTask RunFloorAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var latest = Vector<uint>.Zero;
            for (var at = 0; at + Vector<uint>.Count <= _deadlines.Length; at += Vector<uint>.Count)
            {
                latest = Vector.Max(latest, new Vector<uint>(_deadlines, at));
            }

            _latest = Math.Max(_latest, latest[0]);
        }

        return default;
    }
}
