namespace WhatsSession.Architecture;

/// <summary>A file of C#.</summary>
/// <param name="Path">Where it stands, from the folder of its project, with forward slashes; a linked file of another folder of src from there, such as <c>Shared/JsonText.cs</c>.</param>
/// <param name="Text">What it says.</param>
internal sealed record SourceFile(string Path, string Text);
