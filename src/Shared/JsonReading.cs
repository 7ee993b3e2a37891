using System.Text.Json;

namespace WhatsSession.Shared;

/// <summary>Reads one value: the one that the reader stands on, to its end.</summary>
internal delegate T JsonReading<out T>(ref Utf8JsonReader reader);
