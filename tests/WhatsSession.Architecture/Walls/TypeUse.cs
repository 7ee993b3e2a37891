namespace WhatsSession.Architecture.Walls;

/// <summary>A file that uses a type of another file.</summary>
/// <param name="File">The file that uses it.</param>
/// <param name="Line">The first line that does, from 1.</param>
/// <param name="Type">The type that is used, or whose member is.</param>
/// <param name="TypeFile">The file that declares the type or the member.</param>
internal sealed record TypeUse(string File, int Line, string Type, string TypeFile);
