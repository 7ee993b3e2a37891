namespace WhatsSession.Sdk.Tests;

/// <summary>Says why a class tests behaviour of the SDK without the emulator, which is a second reading of Meta's rules. Every test class of the SDK uses the emulator or says so.</summary>
/// <param name="reason">Why not, for whoever reads the class.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class WithoutEmulatorAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}
