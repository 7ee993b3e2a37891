namespace WhatsSession.Architecture;

/// <summary>TEMPORARY. What does not keep the rules of the house yet. Every list ends empty, and this file goes with the last.</summary>
/// <remarks>An entry that keeps its rule fails a test, so that none stays longer than it must.</remarks>
internal static class NotYet
{
    /// <summary>Projects whose rooms use each other.</summary>
    public static readonly string[] Walled = ["WhatsSession.Emulator", "WhatsSession.Sdk"];
}
