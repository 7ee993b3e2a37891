using WhatsSession.Storage.InMemory;

namespace WhatsSession.Benchmarks;

/// <summary>Row 5: how a window stands, asked of the guard as a program does, policy included. The clock is the program's own and stands still here.</summary>
internal abstract class WindowCheck : KnownConversations
{
    protected static long SecondOf(WindowStatus status) => status.Since!.Value.ToUnixTimeSeconds();

    protected static WindowStatus Completed(ValueTask<WindowStatus> window) =>
        window.IsCompletedSuccessfully ? window.GetAwaiter().GetResult() : throw new InvalidOperationException("The store in memory did not answer at once.");

    protected override long Ask(int index)
    {
        var place = default(WindowPlace);
        return SecondOf(Completed(Reads.GetWindowAsync(Keys[index], ref place, CancellationToken.None)));
    }

    protected override long AskPeer(int index) =>
        SecondOf(SendPolicy.Default.Window(WindowFacts.Of(Known[Keys[index]], historySince: null, restriction: null), Now));
}
