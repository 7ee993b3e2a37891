using WhatsSession.StoreConformance;

namespace WhatsSession.StorePromises;

/// <summary>The suite for authors of stores, and beside it the laws of a store, tried with many samples. Our own stores pass both.</summary>
public abstract partial class StoreLaws : StoreConformanceTests
{
    /// <summary>How many samples a property is tried with.</summary>
    protected virtual int Samples => 200;
}
