using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using NodaTime;

namespace WhatsSession.Architecture.PublicApi;

/// <summary>Makes arguments: nulls, defaults, extremes, huge and odd texts, and what public constructors and factories make of those.</summary>
internal sealed class OddValues(Random random, IReadOnlyList<Type> types, IReadOnlyList<object> pool)
{
    private const int Deepest = 4;

    private static readonly string Huge = new('x', 100_000);

    private static readonly string?[] Texts =
    [
        null, "", " ", "a", "a\0b", "a\uD83Db", "\r\n", "15550001234", "+1 555 000 1234", "US.40917263548812004417", "wamid.c21wLWk2", "314159265358979", "en_US", "order_shipped",
        "{}", "[]", "{\"a\":1}", "{\"a\":", "null", "https://example.test/a?b=c", "ftp://x", "../../etc/passwd", "image/png", "application/pdf", "ws1.AAAAAAAAAAAAAAAAAAAAAA.1794900000|x",
        "\u200B", "👩‍👩‍👧‍👦", "999999999999999999999999999999999999", "-1", "sha256=00", Huge, new string('9', 400), new string('[', 2_000),
    ];

    private static readonly object[] Numbers = [0, 1, -1, 2, 10, 1_000, int.MaxValue, int.MinValue];

    private readonly Dictionary<Type, Type[]> _implementations = [];

    public bool Chance(double share) => random.NextDouble() < share;

    public T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    public object?[] ArgumentsOf(MethodBase method, int depth = 0) => [.. method.GetParameters().Select(parameter => Make(parameter.ParameterType, depth))];

    public object? Make(Type type, int depth = 0)
    {
        type = type.IsByRef ? type.GetElementType()! : type;
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Chance(0.3) ? null : Make(inner, depth);
        }

        if (type.IsEnum)
        {
            return Enum.ToObject(type, Chance(0.2) ? int.MaxValue : (int)Pick(Numbers[..4]));
        }

        return MakeSimple(type) ?? (type == typeof(string) ? Pick(Texts)
            : type.IsArray ? MakeArray(type.GetElementType()!, depth)
            : type.IsValueType ? MakeStruct(type, depth)
            : Chance(depth == 0 ? 0.15 : 0.05) ? null
            : typeof(Delegate).IsAssignableFrom(type) ? MakeDelegate(type)
            : MakeCollection(type, depth) ?? MakeObject(type, depth));
    }

    /// <summary>An object to call methods of; null when none could be made.</summary>
    public object? Instance(Type type)
    {
        for (var tries = 0; tries < 5; tries++)
        {
            if ((type.IsValueType ? MakeStruct(type, 1) : MakeObject(type, 1)) is { } made)
            {
                return made;
            }
        }

        return null;
    }

    private object? MakeSimple(Type type) =>
        type == typeof(bool) ? Chance(0.5)
        : type == typeof(int) ? Pick(Numbers)
        : type == typeof(long) ? Pick<long>([0, 1, -1, 1_794_900_000, long.MaxValue, long.MinValue])
        : type == typeof(double) ? Pick<double>([0, -1, 1.5, double.NaN, double.PositiveInfinity, double.MinValue])
        : type == typeof(decimal) ? Pick<decimal>([0, -1, 1.5m, decimal.MaxValue, decimal.MinValue])
        : type == typeof(byte) ? (byte)random.Next(256)
        : type == typeof(Instant) ? Pick<Instant>([default, Instant.MinValue, Instant.MaxValue, Instant.FromUnixTimeSeconds(1_794_900_000)])
        : type == typeof(Duration) ? Pick<Duration>([default, Duration.MinValue, Duration.MaxValue, Duration.FromHours(1), -Duration.Epsilon])
        : type == typeof(TimeSpan) ? Pick<TimeSpan>([default, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan])
        : type == typeof(DateTimeOffset) ? Pick<DateTimeOffset>([default, DateTimeOffset.MinValue, DateTimeOffset.MaxValue])
        : type == typeof(LocalDate) ? Pick<LocalDate>([default, LocalDate.MinIsoValue, LocalDate.MaxIsoValue])
        : type == typeof(CancellationToken) ? new CancellationToken(canceled: Chance(0.3))
        : type == typeof(ReadOnlyMemory<byte>) ? Pick<ReadOnlyMemory<byte>>([default, Bytes(1), Bytes(1_000)])
        : type == typeof(Uri) && Chance(0.9) ? Pick<Uri>([new("https://example.test/a"), new("a/b", UriKind.Relative), new("ftp://x"), new("http://127.0.0.1/")])
        : type == typeof(Stream) && Chance(0.9) ? Chance(0.5) ? new MemoryStream(Bytes(100)) : Stream.Null
        : type == typeof(Type) ? typeof(string)
        : type == typeof(object) ? Pick<object>([1, "a", new object()])
        : null;

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private Array? MakeArray(Type element, int depth)
    {
        if (Chance(0.1))
        {
            return null;
        }

        var array = Array.CreateInstance(element, depth >= Deepest ? 0 : random.Next(4));
        for (var i = 0; i < array.Length; i++)
        {
            array.SetValue(Make(element, depth + 1), i);
        }

        return array;
    }

    private object? MakeCollection(Type type, int depth)
    {
        if (!type.IsInterface || !type.IsGenericType)
        {
            return null;
        }

        var arguments = type.GetGenericArguments();
        var definition = type.GetGenericTypeDefinition();
        if (definition == typeof(IAsyncEnumerable<>))
        {
            return typeof(OddValues).GetMethod(nameof(Asynchronously), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(arguments)
                .Invoke(null, [MakeArray(arguments[0], depth) ?? Array.CreateInstance(arguments[0], 0)]);
        }

        if (arguments.Length == 2 && type.IsAssignableFrom(typeof(Dictionary<,>).MakeGenericType(arguments)))
        {
            var made = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
            if (depth < Deepest && Make(arguments[0], depth + 1) is { } key)
            {
                made[key] = Make(arguments[1], depth + 1);
            }

            return made;
        }

        return arguments.Length == 1 && type.IsAssignableFrom(typeof(List<>).MakeGenericType(arguments))
            ? Activator.CreateInstance(typeof(List<>).MakeGenericType(arguments), MakeArray(arguments[0], depth) ?? Array.CreateInstance(arguments[0], 0))
            : null;
    }

    private static async IAsyncEnumerable<T> Asynchronously<T>(T[] items)
    {
        await Task.CompletedTask;
        foreach (var item in items)
        {
            yield return item;
        }
    }

    private object MakeStruct(Type type, int depth)
    {
        if (Chance(0.2) || depth >= Deepest)
        {
            return Activator.CreateInstance(type)!;
        }

        return Construct(type, depth) ?? Activator.CreateInstance(type)!;
    }

    private object? MakeObject(Type type, int depth)
    {
        var known = pool.Where(type.IsInstanceOfType).ToArray();
        if (known.Length > 0 && (depth >= Deepest || Chance(0.6) || known.Any(one => one.GetType() == type)))
        {
            return Pick(known);
        }

        if (depth >= Deepest)
        {
            return null;
        }

        if (!_implementations.TryGetValue(type, out var concrete))
        {
            concrete = _implementations[type] = [.. types.Where(other => !other.IsAbstract && !other.ContainsGenericParameters && type.IsAssignableFrom(other) && !pool.Any(one => one.GetType() == other))];
        }

        return concrete.Length == 0 ? known.FirstOrDefault() : Construct(Pick(concrete), depth) ?? known.FirstOrDefault();
    }

    /// <summary>By a constructor or a static factory, and with some of its settable properties set; null when the arguments were refused.</summary>
    private object? Construct(Type type, int depth)
    {
        MethodBase[] makers =
        [
            .. type.GetConstructors(),
            .. type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(method => method.ReturnType == type && !method.ContainsGenericParameters),
        ];
        makers = [.. makers.Where(Callable)];
        if (makers.Length == 0)
        {
            return null;
        }

        try
        {
            var maker = Pick(makers);
            var arguments = ArgumentsOf(maker, depth + 1);
            var made = maker is ConstructorInfo constructor ? constructor.Invoke(arguments) : maker.Invoke(null, arguments);
            foreach (var property in type.GetProperties().Where(property => made is not null && property.SetMethod is { IsPublic: true, IsStatic: false } && property.GetIndexParameters().Length == 0 && (Chance(0.3) || IsRequired(property))))
            {
                property.SetValue(made, Make(property.PropertyType, depth + 1));
            }

            return made;
        }
        catch (TargetInvocationException)
        {
            // Judged where the constructor is the member that is called.
            return null;
        }
    }

    // The compiler asks for it; reflection does not.
    private static bool IsRequired(PropertyInfo property) => property.IsDefined(typeof(RequiredMemberAttribute));

    /// <summary>Whether reflection can pass the arguments: a span cannot be boxed.</summary>
    public static bool Callable(MethodBase method) =>
        !method.ContainsGenericParameters && !method.GetParameters().Any(parameter => (parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType) is { } type && (type.IsByRefLike || type.IsPointer));

    /// <summary>A function that does nothing and returns nothing, or a task that is done.</summary>
    private static Delegate MakeDelegate(Type type)
    {
        var invoke = type.GetMethod("Invoke")!;
        var parameters = invoke.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType)).ToArray();
        Expression body = invoke.ReturnType == typeof(void) ? Expression.Empty()
            : invoke.ReturnType == typeof(Task) ? Expression.Constant(Task.CompletedTask)
            : Expression.Default(invoke.ReturnType);
        return Expression.Lambda(type, body, parameters).Compile();
    }
}
