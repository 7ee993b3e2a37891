namespace WhatsSession.Core.Tests.Messages;

/// <summary>Every type that a message is made of, found by following the properties of every kind of message.</summary>
internal static class MessageParts
{
    public static IReadOnlyCollection<Type> All { get; } = Find();

    /// <summary>The name with those of the types around it.</summary>
    public static string NameOf(Type type) => type.DeclaringType is { } outer ? $"{NameOf(outer)}.{type.Name}" : type.Name;

    private static HashSet<Type> Find()
    {
        var exported = typeof(Message).Assembly.GetExportedTypes();
        var found = new HashSet<Type>();
        var open = new Queue<Type>(exported.Where(type => typeof(Message).IsAssignableFrom(type)));
        while (open.TryDequeue(out var type))
        {
            if (type.IsGenericType)
            {
                Array.ForEach(type.GetGenericArguments(), open.Enqueue);
            }
            else if (type.Assembly == typeof(Message).Assembly && type.IsAbstract)
            {
                Array.ForEach(exported.Where(other => other.BaseType == type).ToArray(), open.Enqueue);
            }
            else if (type.Assembly == typeof(Message).Assembly && found.Add(type))
            {
                Array.ForEach(type.GetProperties(), property => open.Enqueue(property.PropertyType));
            }
        }

        return found;
    }
}
