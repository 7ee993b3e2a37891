namespace WhatsSession.Storage;

/// <summary>What the store made of a batch.</summary>
/// <param name="Fresh">How many events were new.</param>
/// <param name="Duplicates">How many it already had.</param>
/// <param name="Erased">How many were dropped because they belong to what was erased.</param>
/// <param name="Dispatched">How many were put into the outbox: a hint to wake the dispatcher, never the truth about what is to be done.</param>
public readonly record struct IngestResult(int Fresh, int Duplicates, int Erased, int Dispatched);
