using System.Reflection;

namespace WhatsSession.Core.Tests.Errors;

public sealed class GraphErrorCodesTests
{
    /// <summary>Meta's documented codes, typed by hand from the documentation and not from the code under test.</summary>
    private static readonly IReadOnlyDictionary<int, (GraphErrorCategory Category, bool IsRetryable)> Documented = File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Errors", "error-codes.txt"))
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split(' '))
        .ToDictionary(parts => int.Parse(parts[0]), parts => (Enum.Parse<GraphErrorCategory>(parts[1]), parts[2] == "retry"));

    private static readonly IReadOnlyDictionary<string, int> Constants = typeof(GraphErrorCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(field => field.Name, field => (int)field.GetRawConstantValue()!, StringComparer.Ordinal);

    public static TheoryData<int> Codes => [.. Documented.Keys];

    [Fact]
    public void Constants_All_AreTheDocumentedCodes() => Constants.Values.Should().BeEquivalentTo(Documented.Keys).And.OnlyHaveUniqueItems();

    [Theory]
    [MemberData(nameof(Codes))]
    public void CategoryOf_ADocumentedCode_IsThatOfTheTable(int code) => GraphErrorCodes.CategoryOf(code).Should().Be(Documented[code].Category);

    [Theory]
    [MemberData(nameof(Codes))]
    public void Advice_OnADocumentedCode_SaysWhatToDoAndWhetherToRetry(int code)
    {
        var advice = new GraphError { Code = code, Category = GraphErrorCodes.CategoryOf(code) }.Advice;

        advice.IsRetryable.Should().Be(Documented[code].IsRetryable);
        advice.Text.Should().MatchRegex(@"^[A-Z][^\r\n]{8,}\.$");
    }

    [Theory]
    [InlineData(201, GraphErrorCategory.Configuration)]
    [InlineData(298, GraphErrorCategory.Configuration)]
    [InlineData(131206, GraphErrorCategory.InvalidRequest)]
    [InlineData(2494165, GraphErrorCategory.InvalidRequest)]
    [InlineData(2494178, GraphErrorCategory.InvalidRequest)]
    public void CategoryOf_ACodeInsideARange_IsThatOfTheRange(int code, GraphErrorCategory category) => GraphErrorCodes.CategoryOf(code).Should().Be(category);

    [Fact]
    public void CategoryOf_ClosedWindow_Is131047Alone() =>
        Documented.Keys.Where(code => GraphErrorCodes.CategoryOf(code) == GraphErrorCategory.WindowClosed).Should().Equal(131047);

    [Theory]
    [InlineData(-1)]
    [InlineData(199)]
    [InlineData(300)]
    [InlineData(131046)]
    [InlineData(131200)]
    [InlineData(131216)]
    [InlineData(138999)]
    [InlineData(139005)]
    [InlineData(2494163)]
    [InlineData(2494180)]
    [InlineData(int.MaxValue)]
    public void CategoryOf_ACodeThatIsNotInTheTable_IsUnknown(int code) => GraphErrorCodes.CategoryOf(code).Should().Be(GraphErrorCategory.Unknown);

    /// <summary>A second request after any other code could double a message.</summary>
    [Fact]
    public void IsSafeToRetry_Codes_AreTheseAlone() =>
        Documented.Keys.Where(GraphErrorCodes.IsSafeToRetry).Should().BeEquivalentTo([4, 613, 80007, 130429, 131016, 131056, 131057, 131208, 133004]);

    [Fact]
    public void IsSafeToRetry_Codes_AreRetryableByTheirAdvice() =>
        Documented.Where(row => GraphErrorCodes.IsSafeToRetry(row.Key)).Should().OnlyContain(row => row.Value.IsRetryable);
}
