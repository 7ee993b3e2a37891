using WhatsSession.Storage.InMemory;

namespace WhatsSession.Sdk.Tests.Storage.InMemory;

/// <summary>What others write between the reads of a reader, each at a step of it.</summary>
internal sealed class Interruption(params (int Step, Action Write)[] writes)
{
    private int _steps;

    /// <summary>How many steps the reader has taken.</summary>
    public int Steps => _steps;

    /// <summary>For the reader.</summary>
    public Pause ToPause() => new(this);

    private void Next()
    {
        var step = _steps++;
        foreach (var write in writes.Where(write => write.Step == step))
        {
            write.Write();
        }
    }

    /// <summary>What a reader is given.</summary>
    internal readonly struct Pause(Interruption interruption) : IReadPause
    {
        public void Next() => interruption.Next();
    }
}
