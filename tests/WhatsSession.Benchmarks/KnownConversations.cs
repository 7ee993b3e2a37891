using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using WhatsSession.Sending;
using WhatsSession.Storage;
using WhatsSession.Storage.InMemory;

namespace WhatsSession.Benchmarks;

/// <summary>A million conversations with open windows in the store in memory.</summary>
internal abstract class KnownConversations : BudgetRow
{
    public const int Count = 1_000_000;

    protected const string NumberId = "314159265358979";

    private ServiceProvider? _services;
    private RandomLines? _floor;
    private int _next;

    public override string Floor => "one dependent random cache-line read in as much memory";

    public override long ByteBudget => 0;

    public override int OperationsPerRound => 1000;

    public override string Peer => "ConcurrentDictionary of the same keys and facts";

    /// <summary>The conversations in the order in which they are asked for. In memory they lie in this order too, as what was just read from a webhook is at hand; the rows do not.</summary>
    protected ConversationKey[] Keys { get; } = new ConversationKey[Count];

    protected InMemoryWindows Windows { get; private set; } = new(new InMemoryNumbers());

    protected ConcurrentDictionary<ConversationKey, ConversationState> Known { get; } = new();

    protected ConversationReads Reads => _services!.GetRequiredService<ConversationReads>();

    protected BusinessNumber BusinessNumber => _services!.GetRequiredService<IWhatsSession>().Number("support");

    protected static Instant Now { get; } = Instant.FromUtc(2026, 11, 3, 12, 0);

    public override async ValueTask<string?> PrepareAsync()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new StoppedClock(Now));
        services.AddWhatsSession(static o => o.Numbers.Add("support", phoneNumberId: NumberId, accessToken: "EAAtoken"));
        _services = services.BuildServiceProvider();
        var store = (InMemoryStore)_services.GetRequiredService<IWhatsSessionStore>();
        var state = new ConversationState(Now, denied: null);
        var order = Enumerable.Range(0, Count).ToArray();
        new Random(1).Shuffle(order);
        for (var i = 0; i < Count; i++)
        {
            Keys[i] = new ConversationKey(PhoneNumberId.Parse(NumberId), CustomerId.Parse(PartyOf(order[i])));
        }

        await FillAsync(store, state);
        foreach (var key in Keys)
        {
            Known[key] = state;
        }

        Windows = store.Windows;
        _floor = new RandomLines(Windows.Bytes);
        GC.Collect();
        return null;
    }

    public override ValueTask RunAsync(int operations)
    {
        var at = _next;
        for (var i = 0; i < operations; i++)
        {
            // A time is never so large: the next step waits for the answer of this one, and the compiler does not know.
            at += 1 + (int)(Ask(at) >> 60);
            at = at < Count ? at : 0;
        }

        _next = at;
        return default;
    }

    public override ValueTask RunPeerAsync(int operations)
    {
        var at = _next;
        for (var i = 0; i < operations; i++)
        {
            at += 1 + (int)(AskPeer(at) >> 60);
            at = at < Count ? at : 0;
        }

        _next = at;
        return default;
    }

    public override ValueTask RunFloorAsync(int operations)
    {
        _floor!.Walk(operations);
        return default;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    protected static string Phone(int number) => string.Create(CultureInfo.InvariantCulture, $"1555{number:D7}");

    protected abstract string PartyOf(int number);

    /// <summary>Makes every conversation known, with an open window.</summary>
    protected virtual async Task FillAsync(InMemoryStore store, ConversationState state)
    {
        foreach (var key in Keys)
        {
            await store.JoinAsync(key, state, state.LastInbound ?? NodaConstants.UnixEpoch);
        }
    }

    /// <summary>Does the operation with one conversation.</summary>
    /// <returns>Something that is not known before the answer.</returns>
    protected abstract long Ask(int index);

    protected abstract long AskPeer(int index);
}
