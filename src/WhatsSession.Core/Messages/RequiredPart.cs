using System.Runtime.CompilerServices;

namespace WhatsSession.Messages;

/// <summary>What a message cannot do without.</summary>
internal static class RequiredPart
{
    public static T Of<T>(T part, [CallerMemberName] string name = "")
        where T : class => part ?? throw new ArgumentNullException(name);

    /// <summary>Texts by name, of which none is null.</summary>
    public static IReadOnlyDictionary<string, string> Checked(IReadOnlyDictionary<string, string> texts, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(texts, name);
        foreach (var (key, text) in texts)
        {
            if (text is null)
            {
                throw new ArgumentException($"The value of \"{key}\" is null.", name);
            }
        }

        return texts;
    }
}
