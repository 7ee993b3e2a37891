using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Xml.Linq;

namespace WhatsSession.Docs;

/// <summary>What the XML comments of the code say, as Markdown on one line.</summary>
internal static class XmlDocs
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> Files = new();

    public static string Summary(MemberInfo member) => Find(member, "summary") ?? throw new InvalidOperationException($"{member} has no summary.");

    public static string? Value(MemberInfo member) => Find(member, "value");

    private static string? Find(MemberInfo member, string element)
    {
        var type = member as Type ?? member.DeclaringType!;
        var name = (type.FullName ?? type.Name).Replace('+', '.');
        var id = member switch
        {
            Type => "T:" + name,
            FieldInfo => $"F:{name}.{member.Name}",
            _ => $"P:{name}.{member.Name}",
        };
        return Files.GetOrAdd(type.Assembly, Load).GetValueOrDefault(id)?.Element(element) is { } found ? Text(found, type) : null;
    }

    private static Dictionary<string, XElement> Load(Assembly assembly) =>
        XDocument.Load(Path.ChangeExtension(assembly.Location, "xml")).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    private static string Text(XElement element, Type owner)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(node switch
            {
                XText plain => plain.Value,
                XElement { Name.LocalName: "see" } see when see.Attribute("href") is { } address => $"[{see.Value}]({address.Value})",
                XElement { Name.LocalName: "see" } see => $"`{see.Attribute("langword")?.Value ?? Short(see.Attribute("cref")!.Value, owner)}`",
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement other => Text(other, owner),
                _ => "",
            });
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The name of what is meant: of a member with its type, unless that is the one that speaks.</summary>
    private static string Short(string reference, Type owner)
    {
        var parts = reference.Split('(')[0].Split('.');
        return reference.StartsWith("T:", StringComparison.Ordinal) || parts[^2] == owner.Name ? parts[^1] : $"{parts[^2]}.{parts[^1]}";
    }
}
