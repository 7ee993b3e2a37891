using System.Reflection;
using NodaTime;

namespace WhatsSession.Architecture;

public sealed class PublicApiTests
{
    private static readonly string[] FrameworkNamespaces = ["Microsoft.Extensions.DependencyInjection", "Microsoft.AspNetCore.Builder"];

    /// <summary>
    /// What an application meets, what only the author of a store meets, the converters, which attributes name, and where frameworks look for extension methods.
    /// </summary>
    private static readonly string[] OurNamespaces = ["WhatsSession", "WhatsSession.Storage", "WhatsSession.Json", "WhatsSession.Testing", .. FrameworkNamespaces];

    public static TheoryData<string> Libraries => Repository.LibraryNames;

    [Theory]
    [MemberData(nameof(Libraries))]
    public void EveryPackage_ListsItsPublicApi(string name)
    {
        var folder = Path.Combine(Repository.Source, name);

        File.ReadLines(Path.Combine(folder, "PublicAPI.Shipped.txt")).First().Should().Be("#nullable enable");
        File.ReadLines(Path.Combine(folder, "PublicAPI.Unshipped.txt")).Should().HaveCountGreaterThan(1);
    }

    [Fact]
    public void PublicTypes_LiveInTheNamespaceOfApplicationsOrOfStores() =>
        Repository.Ours.SelectMany(assembly => assembly.GetExportedTypes()).Where(type => !OurNamespaces.Contains(type.Namespace)).Should().BeEmpty();

    [Fact]
    public void AsynchronousMethods_TakeATokenLast()
    {
        var methods = Methods(Repository.All).Where(method => IsAwaitable(method.ReturnType) && method.Name != nameof(IAsyncDisposable.DisposeAsync)).ToList();

        methods.Should().HaveCountGreaterThan(30);
        methods.Where(method => method.GetParameters().LastOrDefault() is not { ParameterType: { } type, IsOptional: true } || type != typeof(CancellationToken)).Select(Describe).Should().BeEmpty();
    }

    [Fact]
    public void AsynchronousMethods_EndInAsync() =>
        Methods(Repository.All).Where(method => IsAwaitable(method.ReturnType) != method.Name.EndsWith("Async", StringComparison.Ordinal)).Select(Describe).Should().BeEmpty();

    [Fact]
    public void OptionalParameters_AreTokensAlone() =>
        Methods(Repository.All)
            .Where(method => method.GetParameters().Any(parameter => parameter.IsOptional && parameter.ParameterType != typeof(CancellationToken)
                && !parameter.IsDefined(typeof(System.Runtime.CompilerServices.CallerArgumentExpressionAttribute), inherit: false)))
            .Select(Describe).Should().BeEmpty();

    [Fact]
    public void PublicApi_HasNoFrameworkDates()
    {
        Type[] banned = [typeof(DateTime), typeof(DateTimeOffset)];

        // Read-only twins for readers who do not know NodaTime.
        var found = Methods(Repository.Ours).Where(method => !(method.IsSpecialName && method.Name.StartsWith("get_", StringComparison.Ordinal) && method.Name.EndsWith("Utc", StringComparison.Ordinal)) && method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)
            .Any(type => banned.Contains(Nullable.GetUnderlyingType(type) ?? type)));

        found.Select(Describe).Should().BeEmpty();
    }

    [Fact]
    public void MethodsWithADuration_HaveATimeSpanTwin()
    {
        var methods = Methods(Repository.Ours)
            .Where(method => !method.IsSpecialName && !IsGenerated(method) && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Duration)))
            .ToList();

        // By name, for every generic method has type parameters of its own.
        methods.Where(method => !method.DeclaringType!.GetMethods().Any(other => other.Name == method.Name
            && other.GetParameters().Select(parameter => parameter.ParameterType.ToString()).SequenceEqual(method.GetParameters().Select(parameter => (parameter.ParameterType == typeof(Duration) ? typeof(TimeSpan) : parameter.ParameterType).ToString()))))
            .Select(Describe).Should().BeEmpty();
    }

    /// <summary>The framework's binder drops other types without a word; so do people's configuration files.</summary>
    [Fact]
    public void Options_HoldWhatConfigurationCanSay()
    {
        Type[] simple = [typeof(string), typeof(bool), typeof(int), typeof(long), typeof(TimeSpan), typeof(Uri)];
        var options = Repository.Ours.SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetMethod("<Clone>$") is null).ToList();

        options.Should().HaveCountGreaterThan(5);
        options.SelectMany(type => type.GetProperties()).Where(property =>
                !simple.Contains(property.PropertyType)
                && !property.PropertyType.IsEnum
                && !options.Contains(property.PropertyType)
                && !typeof(System.Collections.IEnumerable).IsAssignableFrom(property.PropertyType)
                && !typeof(IEnumerable<string>).IsAssignableFrom(property.PropertyType))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}").Should().BeEmpty();
    }

    private static IEnumerable<MethodInfo> Methods(IEnumerable<Assembly> assemblies) =>
        assemblies.SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => !typeof(Delegate).IsAssignableFrom(type))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly));

    private static bool IsGenerated(MethodInfo method) => method.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute));

    private static bool IsAwaitable(Type type)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return definition == typeof(Task) || definition == typeof(Task<>) || definition == typeof(ValueTask) || definition == typeof(ValueTask<>) || definition == typeof(IAsyncEnumerable<>);
    }

    private static string Describe(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name))})";
}
