using System.Reflection;
using NodaTime;

namespace WhatsSession.Core.Tests;

/// <summary>What holds for the whole public API, checked by reflection so that new types are held to it too.</summary>
public sealed class ConsistencyTests
{
    private static readonly Assembly Core = typeof(SendPolicy).Assembly;
    private static readonly Type[] Types = Core.GetExportedTypes();

    public static TheoryData<string> IdentifierNames => new(Types.Where(type => type.IsValueType && type.GetMethod("Parse", [typeof(string)]) is not null).Select(type => type.Name));

    [Fact]
    public void PublicTypes_All_AreSealedAbstractOrStatic() =>
        Types.Should().OnlyContain(type => type.IsSealed || type.IsAbstract);

    [Fact]
    public void AbstractTypes_All_AreClosedToOthers() =>
        Types.Where(type => type.IsAbstract && !type.IsSealed).SelectMany(OpenConstructors).Should().BeEmpty();

    [Fact]
    public void PublicStructs_All_AreReadonly() =>
        Types.Where(type => type.IsValueType && !type.IsEnum)
            .Should().NotBeEmpty().And.OnlyContain(type => type.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "IsReadOnlyAttribute"));

    [Fact]
    public void PublicTypes_All_LiveInTheNamespacesOfApplicationsAndOfConverters() =>
        Types.Should().OnlyContain(type => type.Namespace == "WhatsSession" || type.Namespace == "WhatsSession.Json");

    [Fact]
    public void PublicEnums_All_HaveANameForZero() =>
        Types.Where(type => type.IsEnum).Should().NotBeEmpty().And.OnlyContain(type => Enum.IsDefined(type, 0));

    [Fact]
    public void PublicProperties_All_AreImmutable() =>
        Types.SelectMany(type => type.GetProperties()).Where(property => property.DeclaringType!.Assembly == Core && property.SetMethod is { IsPublic: true } setter && !IsInit(setter)).Should().BeEmpty();

    [Fact]
    public void PublicMembers_All_UseNodaTime() =>
        // Read-only twins for readers who do not know NodaTime end in Utc.
        Types.SelectMany(type => type.GetMembers()).Where(static member => !member.Name.EndsWith("Utc", StringComparison.Ordinal)).Where(member => TypesOf(member).Any(type => type == typeof(DateTime) || type == typeof(DateTimeOffset)))
            .Should().BeEmpty();

    [Fact]
    public void PublicMethods_OfThePolicy_AreSeenByTheSearchForTimes() =>
        typeof(SendPolicy).GetMembers().SelectMany(TypesOf).Should().Contain(typeof(Instant)).And.Contain(typeof(Duration));

    [Fact]
    public void References_OfCore_AreNodaTimeAndTheBaseLibrary() =>
        Core.GetReferencedAssemblies().Select(name => name.Name).Where(name => !name!.StartsWith("System.", StringComparison.Ordinal))
            .Should().Equal("NodaTime");

    [Theory]
    [MemberData(nameof(IdentifierNames))]
    public void Identifiers_All_HaveTryParseAndAnEmptyDefault(string name)
    {
        var type = Types.Single(type => type.Name == name);

        type.GetMethod("TryParse", [typeof(string), type.MakeByRefType()]).Should().NotBeNull();
        (type.GetProperty("Value")?.GetValue(Activator.CreateInstance(type)) ?? "").Should().Be("");
    }

    [Fact]
    public void Identifiers_Found_AreTheSix() =>
        IdentifierNames.Select(row => row.Data).Should()
            .BeEquivalentTo(nameof(PhoneNumberId), nameof(BusinessAccountId), nameof(CustomerId), nameof(GroupId), nameof(MessageId), nameof(IntentId));

    private static IEnumerable<ConstructorInfo> OpenConstructors(Type type) =>
        type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(constructor => (constructor.IsPublic || constructor.IsFamily || constructor.IsFamilyOrAssembly) && !IsCopy(constructor, type));

    /// <summary>The copy constructor of an abstract record is protected by the language; it needs an instance, so it opens nothing.</summary>
    private static bool IsCopy(ConstructorInfo constructor, Type type) =>
        constructor.GetParameters() is [var only] && only.ParameterType == type;

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit");

    private static IEnumerable<Type> TypesOf(MemberInfo member) => (member switch
    {
        MethodBase method => method.GetParameters().Select(parameter => parameter.ParameterType).Append((method as MethodInfo)?.ReturnType ?? typeof(void)),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => [],
    }).SelectMany(Parts);

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.GetGenericArguments().SelectMany(Parts).Append(type);
}
