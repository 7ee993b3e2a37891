namespace WhatsSession.Emulator.Templates;

/// <summary>A button of a template.</summary>
/// <param name="Type">Meta's name for its kind, in upper case.</param>
/// <param name="Text">The label.</param>
/// <param name="Dynamic">Whether its URL ends with a variable.</param>
internal sealed record TemplateButton(string Type, string Text, bool Dynamic);
