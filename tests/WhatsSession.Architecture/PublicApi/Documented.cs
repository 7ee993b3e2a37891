using System.Reflection;
using System.Xml.Linq;

namespace WhatsSession.Architecture.PublicApi;

/// <summary>The exceptions that the documentation of a member names, by the XML beside its assembly.</summary>
internal sealed class Documented
{
    private readonly Dictionary<string, HashSet<string>> _exceptions = [];

    public Documented(IEnumerable<Assembly> assemblies)
    {
        foreach (var member in assemblies.SelectMany(assembly => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")))
        {
            // "M:WhatsSession.Conversation.SendAsync(…)": overloads of one name count together, for they inherit from one another.
            var name = member.Attribute("name")!.Value[2..].Split('(')[0].Split('~')[0];
            var named = _exceptions.TryGetValue(name, out var known) ? known : _exceptions[name] = [];
            named.UnionWith(member.Elements("exception").Select(exception => exception.Attribute("cref")!.Value[2..]));
        }
    }

    /// <summary>Whether a member, or one of the same name that it inherits its documentation from, says that it throws this.</summary>
    public bool Names(MethodBase method, Exception exception)
    {
        var type = method.DeclaringType!;
        var name = method.IsConstructor ? "#ctor" : method.Name.Replace("get_", "", StringComparison.Ordinal).Replace("set_", "", StringComparison.Ordinal);
        IEnumerable<Type> owners = [type, .. type.GetInterfaces(), .. Bases(type)];
        return owners.Any(owner => _exceptions.TryGetValue($"{NameOf(owner)}.{name}", out var named) && Bases(exception.GetType()).Prepend(exception.GetType()).Any(e => named.Contains(e.FullName!)));
    }

    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static IEnumerable<Type> Bases(Type type)
    {
        for (var parent = type.BaseType; parent is not null && parent != typeof(object); parent = parent.BaseType)
        {
            yield return parent;
        }
    }
}
