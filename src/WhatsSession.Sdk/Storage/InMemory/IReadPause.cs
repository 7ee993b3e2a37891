namespace WhatsSession.Storage.InMemory;

/// <summary>What happens between two reads of a row that takes no lock: nothing, but in tests, which let others write there.</summary>
/// <remarks>Readers are generic over it, and <see cref="NoPause"/> is a struct: its calls are compiled away.</remarks>
internal interface IReadPause
{
    void Next();
}
