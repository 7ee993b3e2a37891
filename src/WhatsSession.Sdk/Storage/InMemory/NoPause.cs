namespace WhatsSession.Storage.InMemory;

/// <summary>Readers go on.</summary>
internal readonly struct NoPause : IReadPause
{
    public void Next()
    {
    }
}
